package dev.gangway.servlet.log;

import dev.gangway.servlet.login.LoginPolicy;
import dev.gangway.servlet.login.WebServerUser;
import dev.gangway.servlet.process.LogFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import org.eclipse.jetty.security.UserPrincipal;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.component.ContainerLifeCycle;

/** The access log: a line for each request, with the web server's user even if the application did not ask for it. */
public final class AccessLog extends ContainerLifeCycle implements RequestLog {
    private final RequestLog lines;

    /** @param writer is started and stopped with the log, if it can be */
    public AccessLog(AccessLogFormat format, Writer writer) {
        lines = format.lines(line -> writer.write(Printable.of(line)));
        addBean(lines);
        addBean(writer);
    }

    /** {@return one that appends to a file, which is open while the server runs} */
    public static AccessLog to(AccessLogFormat format, Path file) {
        return new AccessLog(format, new FileWriter(file));
    }

    @Override
    public void log(Request request, Response response) {
        LoggedRequest logged = new LoggedRequest(request);
        if (Request.getAuthenticationState(request).getUserPrincipal() == null && logged.fcgi() != null) {
            WebServerUser user = LoginPolicy.of(
                            request.getConnectionMetaData().getConnector().getServer())
                    .user(logged.fcgi());
            if (user != null) {
                Request.setAuthenticationState(request, new Known(new UserPrincipal(user.name(), null)));
            }
        }
        lines.log(logged, response);
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
