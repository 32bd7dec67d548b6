package dev.gangway.benchmark.backend;

import dev.gangway.benchmark.Workload;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Reads a body, and tells how long it was and the sum of a sample of its bytes. */
public final class UploadServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletInputStream in = request.getInputStream();
        byte[] block = new byte[Workload.BLOCK];
        int length = 0;
        int next = 0;
        long sum = 0;
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            for (; next < length + read; next += Workload.SAMPLED) {
                sum += block[next - length];
            }
            length += read;
        }
        String number = request.getPathInfo().substring(1);
        response.setContentType("text/plain");
        response.getOutputStream().print(number + ": " + length + " bytes, " + sum);
    }
}
