package dev.gangway.servlet.log;

import dev.gangway.api.FcgiRequest;
import dev.gangway.servlet.login.LoginPolicy;
import dev.gangway.servlet.login.WebServerUser;
import dev.gangway.servlet.process.LogFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import org.eclipse.jetty.security.UserPrincipal;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/** The access log: a line for each request, with the web server's user even if the application did not ask for it. */
public final class AccessLog extends CustomRequestLog {
    /** How Jetty writes a quoted field that a request does not have. A quote within a field is escaped. */
    private static final String MISSING = " \"\"";

    public AccessLog(Writer writer) {
        super(line -> writer.write(Printable.of(line.replace(MISSING, " \"-\""))), EXTENDED_NCSA_FORMAT);
        addBean(writer);
    }

    /** {@return one that appends to a file, which is open while the server runs} */
    public static AccessLog to(Path file) {
        return new AccessLog(new FileWriter(file));
    }

    @Override
    public void log(Request request, Response response) {
        if (Request.getAuthenticationState(request).getUserPrincipal() == null
                && request.getAttribute(FcgiRequest.ATTRIBUTE) instanceof FcgiRequest fcgi) {
            WebServerUser user = LoginPolicy.of(
                            request.getConnectionMetaData().getConnector().getServer())
                    .user(fcgi);
            if (user != null) {
                Request.setAuthenticationState(request, new Known(new UserPrincipal(user.name(), null)));
            }
        }
        super.log(request, response);
    }

    /** Writes each line as a whole. */
    private static final class FileWriter extends AbstractLifeCycle implements Writer {
        private final Path path;
        private LogFile file;

        FileWriter(Path path) {
            this.path = path;
        }

        @Override
        protected void doStart() throws IOException {
            file = LogFile.open(path);
        }

        @Override
        public void write(String line) throws IOException {
            file.write((line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        protected void doStop() throws IOException {
            file.close();
        }
    }

    private record Known(Principal principal) implements Request.AuthenticationState {
        @Override
        public Principal getUserPrincipal() {
            return principal;
        }
    }
}
