package dev.gangway.fcgi.output;

import dev.gangway.fcgi.cgi.AuthorizerAnswer;
import dev.gangway.fcgi.cgi.HeadLimit;
import dev.gangway.fcgi.cgi.ResponseWriter;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.util.Callback;

/**
 * The output of an Authorizer (FastCGI 1.0, section 6.3).
 *
 * <p>A grant consists of its status and the variables, and is not sent before the application has ended well: any
 * failure until then is a denial. So is an answer that says nothing, although its status is 200. A denial is sent like
 * any response, but without the variables.
 */
public final class AuthorizerOutput extends RequestOutput {
    private final AuthorizerAnswer answer;
    private final boolean subrequest;
    private final boolean explicit;
    private final BooleanSupplier errorPage;
    /** The headers of a grant that is not final yet. */
    private HttpFields granted;

    private boolean hasContent;

    /**
     * @param answer     what the application says besides its response
     * @param subrequest whether the question is a subrequest of nginx, which takes every 2xx for a grant, and knows no
     *     other denials than 401 and 403
     * @param explicit   whether content alone grants nothing
     * @param errorPage  asked at the end whether a status of 200 is that of an error page
     */
    public AuthorizerOutput(
            int id,
            FcgiFlusher flusher,
            HeadLimit headLimit,
            OutputEvents events,
            AuthorizerAnswer answer,
            boolean subrequest,
            boolean explicit,
            BooleanSupplier errorPage) {
        super(id, flusher, headLimit, events);
        this.answer = answer;
        this.subrequest = subrequest;
        this.explicit = explicit;
        this.errorPage = errorPage;
    }

    @Override
    public void send(
            MetaData.Response response, boolean last, ByteBuffer content, ByteBuffer stderr, Callback callback) {
        if (response != null && response.getStatus() == HttpStatus.OK_200) {
            granted = response.getHttpFields();
        }
        if (granted == null) {
            super.send(response == null ? null : denial(response), last, content, stderr, callback);
            return;
        }
        if (content != null) {
            hasContent |= content.hasRemaining();
            content.position(content.limit());
        }
        if (!last) {
            setCommitted();
            callback.succeeded();
            return;
        }
        MetaData.Response decision = !stderr.hasRemaining() && isMeant() && !errorPage.getAsBoolean()
                ? response(HttpStatus.OK_200, answer.variables(granted))
                : response(HttpStatus.FORBIDDEN_403, HttpFields.EMPTY);
        granted = null;
        super.send(decision, true, null, stderr, callback);
    }

    /** A question has one answer. */
    @Override
    public void sendInterim(MetaData.Response response, Callback callback) {
        callback.succeeded();
    }

    @Override
    void writeHead(ByteBuffer to, ResponsePart.Head head) {
        ResponseWriter.writeDecision(to, head.status(), head.fields());
    }

    private boolean isMeant() {
        return answer.isGranted() || (hasContent && !explicit && !answer.isDenied());
    }

    private MetaData.Response denial(MetaData.Response response) {
        int status = response.getStatus();
        return response(
                subrequest ? subrequestStatus(status) : status,
                AuthorizerAnswer.withoutVariables(response.getHttpFields()));
    }

    /** A redirect leads to a login; nginx can lead there as well when it gets 401. */
    private static int subrequestStatus(int status) {
        if (HttpStatus.isSuccess(status)) {
            return HttpStatus.FORBIDDEN_403;
        }
        return HttpStatus.isRedirection(status) ? HttpStatus.UNAUTHORIZED_401 : status;
    }

    private static MetaData.Response response(int status, HttpFields fields) {
        return new MetaData.Response(status, null, HttpVersion.HTTP_1_1, fields);
    }
}
