import java.util.zip.CRC32;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.fcgi.client.transport.HttpClientTransportOverFCGI;

/** Asks a site for paths with Jetty's own FastCGI client and prints the status, length and checksum of each answer. */
class JettyClient {
    public static void main(String[] args) throws Exception {
        HttpClient client = new HttpClient(new HttpClientTransportOverFCGI(""));
        client.start();
        try {
            for (int i = 1; i < args.length; i++) {
                ContentResponse response = client.GET(args[0] + args[i]);
                byte[] content = response.getContent();
                CRC32 sum = new CRC32();
                sum.update(content);
                System.out.println(args[i] + ": status " + response.getStatus() + ", " + content.length
                        + " bytes, checksum " + Long.toHexString(sum.getValue()));
            }
        } finally {
            client.stop();
        }
    }
}
