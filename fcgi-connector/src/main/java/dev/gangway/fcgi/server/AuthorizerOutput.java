package dev.gangway.fcgi.server;

import dev.gangway.fcgi.cgi.ResponseWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.util.Callback;

/**
 * The output of an Authorizer (FastCGI 1.0, section 6.3).
 *
 * <p>A grant is its status and the variables, nothing else, and it is not said before the application has ended well:
 * whatever fails until then is a denial. So is an answer that says nothing, which has a status of 200 all the same. A
 * denial is sent like any response, but for the variables.
 */
final class AuthorizerOutput extends RequestOutput {
    private static final String VARIABLE = "Variable-";

    private final ReceivedRequest received;
    private final boolean subrequest;
    private final boolean explicit;
    private final BooleanSupplier errorPage;
    /** The headers of a grant that is not final yet. */
    private HttpFields granted;

    private boolean hasContent;

    /**
     * @param received   has the variables
     * @param subrequest whether the question is a subrequest of nginx, which takes every 2xx for a grant, and knows no
     *     other denials than 401 and 403
     * @param errorPage  asked in the end whether a status of 200 is that of an error page
     */
    AuthorizerOutput(
            FcgiConnection connection,
            FcgiStream stream,
            ReceivedRequest received,
            boolean subrequest,
            BooleanSupplier errorPage) {
        super(connection, stream);
        this.received = received;
        this.subrequest = subrequest;
        this.explicit = connection.configuration().isExplicitGrant();
        this.errorPage = errorPage;
    }

    @Override
    void send(MetaData.Response response, boolean last, ByteBuffer content, ByteBuffer stderr, Callback callback) {
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
                ? response(HttpStatus.OK_200, variables(granted))
                : response(HttpStatus.FORBIDDEN_403, HttpFields.EMPTY);
        granted = null;
        super.send(decision, true, null, stderr, callback);
    }

    @Override
    void writeHead(ByteBuffer to, StdoutOutput.Head head) {
        ResponseWriter.writeDecision(to, head.status(), head.fields());
    }

    private boolean isMeant() {
        return received.isGranted() || (hasContent && !explicit);
    }

    private MetaData.Response denial(MetaData.Response response) {
        HttpFields.Mutable fields = HttpFields.build();
        response.getHttpFields().stream()
                .filter(field -> !isVariable(field.getName()))
                .forEach(fields::add);
        return response(
                subrequest ? subrequestStatus(response.getStatus()) : response.getStatus(), fields.asImmutable());
    }

    /** A redirect leads to a login, to which nginx can lead as well when it gets 401. */
    private static int subrequestStatus(int status) {
        if (HttpStatus.isSuccess(status)) {
            return HttpStatus.FORBIDDEN_403;
        }
        return HttpStatus.isRedirection(status) ? HttpStatus.UNAUTHORIZED_401 : status;
    }

    private HttpFields variables(HttpFields fields) {
        Map<String, String> set = received.variables();
        HttpFields.Mutable variables = HttpFields.build();
        fields.stream()
                .filter(field -> isVariable(field.getName()))
                .filter(field -> !set.containsKey(field.getName().substring(VARIABLE.length())))
                .forEach(variables::add);
        // Headers are written with one byte a character.
        set.forEach((name, value) -> variables.add(
                VARIABLE + name, new String(value.getBytes(received.charset()), StandardCharsets.ISO_8859_1)));
        return variables.asImmutable();
    }

    private static boolean isVariable(String header) {
        return header.regionMatches(true, 0, VARIABLE, 0, VARIABLE.length());
    }

    private static MetaData.Response response(int status, HttpFields fields) {
        return new MetaData.Response(status, null, HttpVersion.HTTP_1_1, fields);
    }
}
