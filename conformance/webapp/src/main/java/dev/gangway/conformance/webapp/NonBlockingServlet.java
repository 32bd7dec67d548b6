package dev.gangway.conformance.webapp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads the whole body without blocking and then writes it back, so many times, without blocking. */
@WebServlet(urlPatterns = "/non-blocking", asyncSupported = true)
public class NonBlockingServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext async = request.startAsync();
        int times = Integer.parseInt(request.getParameter("times"));
        response.setContentType("application/octet-stream");
        ServletInputStream in = request.getInputStream();
        in.setReadListener(new Reader(async, in, times));
    }

    private static final class Reader implements ReadListener {
        private final AsyncContext async;
        private final ServletInputStream in;
        private final int times;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Reader(AsyncContext async, ServletInputStream in, int times) {
            this.async = async;
            this.in = in;
            this.times = times;
        }

        @Override
        public void onDataAvailable() throws IOException {
            byte[] buffer = new byte[4096];
            while (in.isReady() && !in.isFinished()) {
                int count = in.read(buffer);
                if (count > 0) {
                    body.write(buffer, 0, count);
                }
            }
        }

        @Override
        public void onAllDataRead() throws IOException {
            ServletOutputStream out = async.getResponse().getOutputStream();
            out.setWriteListener(new Writer(async, out, body.toByteArray(), times));
        }

        @Override
        public void onError(Throwable failure) {
            async.complete();
        }
    }

    private static final class Writer implements WriteListener {
        private final AsyncContext async;
        private final ServletOutputStream out;
        private final byte[] body;
        private int times;

        Writer(AsyncContext async, ServletOutputStream out, byte[] body, int times) {
            this.async = async;
            this.out = out;
            this.body = body;
            this.times = times;
        }

        @Override
        public void onWritePossible() throws IOException {
            while (out.isReady()) {
                if (times-- == 0) {
                    async.complete();
                    return;
                }
                out.write(body);
            }
        }

        @Override
        public void onError(Throwable failure) {
            async.complete();
        }
    }
}
