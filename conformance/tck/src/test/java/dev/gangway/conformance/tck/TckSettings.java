package dev.gangway.conformance.tck;

import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** What {@code arquillian.xml} says of one container. */
public final class TckSettings implements ContainerConfiguration {
    private boolean tls;

    public boolean isTls() {
        return tls;
    }

    /** Whether clients come by TLS, and show their certificate. */
    public void setTls(boolean tls) {
        this.tls = tls;
    }

    @Override
    public void validate() {
        // Every value is a good one.
    }
}
