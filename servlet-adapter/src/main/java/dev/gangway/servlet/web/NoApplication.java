package dev.gangway.servlet.web;

import dev.gangway.fcgi.incident.RateLimitedLog;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.LoggerFactory;

/** Comes after all applications: logs, at a limited rate, which paths were requested in vain. */
public final class NoApplication extends Handler.Abstract.NonBlocking {
    private final Deployment deployment;
    private final RateLimitedLog log = new RateLimitedLog(
            LoggerFactory.getLogger(NoApplication.class), "requests for no application", () -> getServer()
                    .getScheduler());

    public NoApplication(Deployment deployment) {
        this.deployment = deployment;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        log.warn(
                "no application at {}; there is {}. {}",
                printable(request.getHttpURI().getPath()),
                deployment,
                deployment.advice());
        return false;
    }

    /** What a client has sent must not look like another line of the log. */
    private static String printable(String path) {
        return path.replaceAll("[^!-~]", "?");
    }

    @Override
    protected void doStop() throws Exception {
        log.sumUp();
        super.doStop();
    }
}
