package dev.gangway.conformance.tck;

import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;

/**
 * What the TCK deploys its applications to: Gangway and a web server, started when the first application comes. They stay
 * until the JVM ends, since Maven starts and stops the container for each class of tests.
 */
public final class TckContainer implements DeployableContainer<TckSettings> {
    private Site site;

    @Override
    public Class<TckSettings> getConfigurationClass() {
        return TckSettings.class;
    }

    @Override
    public void setup(TckSettings settings) {
        site = settings.isTls() ? Site.TLS : Site.PLAIN;
    }

    @Override
    public void start() {
        // Only a few tests are for TLS: most processes never need the container for them.
    }

    @Override
    public void stop() {
        // The next class needs it again.
    }

    /** The tests run where Arquillian does, not in the applications. */
    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> war) throws DeploymentException {
        String path = site.applications().deploy(war);
        return new ProtocolMetaData()
                .addContext(new HTTPContext(Site.HOST, site.port()).add(new Servlet("default", path)));
    }

    @Override
    public void undeploy(Archive<?> war) {
        site.applications().undeploy(war);
    }
}
