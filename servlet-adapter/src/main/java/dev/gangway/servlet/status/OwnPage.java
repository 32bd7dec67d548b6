package dev.gangway.servlet.status;

import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Stands in front of the applications and answers requests for one path in their place. */
final class OwnPage extends Handler.Wrapper {
    private final OwnPath path;
    private final Function<Request, Answer> page;

    OwnPage(Handler applications, OwnPath path, Function<Request, Answer> page) {
        super(applications);
        this.path = path;
        this.page = page;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!path.isAskedBy(request)) {
            return super.handle(request, response, callback);
        }
        page.apply(request).send(response, callback);
        return true;
    }
}
