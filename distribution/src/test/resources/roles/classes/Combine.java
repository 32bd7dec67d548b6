import dev.gangway.api.FcgiData;
import dev.gangway.api.FcgiRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import ${namespace}.servlet.ServletOutputStream;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;

/** Answers a Filter with the body, a bar and the file, and says if the file cannot be read to its end. */
public class Combine extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        FcgiData data = ((FcgiRequest) request.getAttribute(FcgiRequest.ATTRIBUTE)).data();
        byte[] body = request.getInputStream().readAllBytes();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            data.inputStream().transferTo(file);
        } catch (IOException e) {
            response.setHeader("X-Failure", e.getMessage());
        }
        response.setHeader("X-Announced", data.length() + " bytes of " + data.lastModified());
        ServletOutputStream out = response.getOutputStream();
        out.write(body);
        out.write('|');
        file.writeTo(out);
    }
}
