import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.RemoteIpValve;

/** Tomcat with a connector for HTTP and one for AJP, as it is set up behind a web server. */
class Tomcat11 {
    public static void main(String[] arguments) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(arguments[0]);
        tomcat.setConnector(connector("HTTP/1.1", arguments[2]));
        Connector ajp = connector("AJP/1.3", arguments[3]);
        ajp.setProperty("secret", arguments[4]);
        ajp.setProperty("tomcatAuthentication", "false");
        ajp.setProperty("allowedRequestAttributesPattern", "GEO_COUNTRY");
        tomcat.getService().addConnector(ajp);
        RemoteIpValve forwarded = new RemoteIpValve();
        forwarded.setPortHeader("X-Forwarded-Port");
        tomcat.getHost().getPipeline().addValve(forwarded);
        tomcat.addWebapp("", arguments[1]);
        tomcat.start();
        System.out.println("Tomcat is ready");
        tomcat.getServer().await();
    }

    private static Connector connector(String protocol, String port) {
        Connector connector = new Connector(protocol);
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(Integer.parseInt(port));
        return connector;
    }
}
