package dev.gangway.ee;

import ${servlet}.GenericServlet;
import ${servlet}.ServletRequest;
import ${servlet}.ServletResponse;
import ${servlet}.UnavailableException;
import ${servlet}.http.HttpServletResponse;
import org.eclipse.jetty.${environment}.servlet.ServletHolder;
import org.eclipse.jetty.${environment}.servlet.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A servlet that answers 404 or 503 if it needs the classes of another container; any other error is still an error.
 */
class LenientServletHolder extends ServletHolder {
    private static final Logger LOG = LoggerFactory.getLogger(LenientServletHolder.class);

    LenientServletHolder(Source source) {
        super(source);
    }

    @Override
    public void doStart() throws Exception {
        String missing = MissingClass.of(this);
        if (OtherContainer.has(missing)) {
            leaveOut(missing);
        } else if (missing != null) {
            throw new UnavailableException(
                    "servlet " + getName() + " needs " + missing + ", which the application does not have");
        }
        super.doStart();
    }

    @Override
    public void initialize() throws Exception {
        try {
            super.initialize();
        } catch (Exception | NoClassDefFoundError e) {
            String missing = MissingClass.of(e);
            if (!OtherContainer.has(missing)) {
                throw e;
            }
            leaveOut(missing);
        }
    }

    /** After an {@link Error} Jetty would not stop the rest of the application. */
    @Override
    public void destroyInstance(Object servlet) {
        try {
            super.destroyInstance(servlet);
        } catch (Throwable e) {
            LOG.warn("Servlet {} failed at the end", getName(), e);
        }
    }

    private void leaveOut(String missing) {
        LOG.warn("Servlet {} is left out, since it needs {} of another container", getName(), missing);
        setServlet(new LeftOut());
    }

    /** Stands in for a servlet that cannot be loaded. */
    private static final class LeftOut extends GenericServlet {
        private static final long serialVersionUID = 1;

        // The exception is not imported, since it sorts before javax and after jakarta.
        @Override
        public void service(ServletRequest request, ServletResponse response) throws java.io.IOException {
            ((HttpServletResponse) response).sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
