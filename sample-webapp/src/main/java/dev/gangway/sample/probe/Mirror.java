package dev.gangway.sample.probe;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;

/**
 * {@code /probe/mirror}, with any method: sends each piece of the body back as soon as it is there, before it waits for
 * the next one.
 */
@WebServlet("/probe/mirror")
public final class Mirror extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/octet-stream");
        ServletInputStream in = request.getInputStream();
        OutputStream out = response.getOutputStream();
        byte[] piece = new byte[8 * 1024];
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
            out.write(piece, 0, length);
            response.flushBuffer();
        }
    }
}
