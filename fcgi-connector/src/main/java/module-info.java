/** FastCGI 1.0 for Jetty. */
module dev.gangway.fcgi {
    requires transitive dev.gangway.api;
    requires transitive org.eclipse.jetty.server;
    requires java.management;
    // Tells how much memory buffers may take; some virtual machines do not have it.
    requires static jdk.management;
    requires org.slf4j;

    exports dev.gangway.fcgi.config;
    exports dev.gangway.fcgi.incident;
    exports dev.gangway.fcgi.record;
    exports dev.gangway.fcgi.server;
}
