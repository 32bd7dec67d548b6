package dev.gangway.sample.probe;

import dev.gangway.sample.Query;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * {@code /probe/bytes?n=…&length=true|false&seed=…} sends n bytes, with Content-Length (the default) or without. They
 * are the first n bytes of the numbers {@code new SplittableRandom(seed).nextLong()}, each in little-endian order,
 * which is also what its {@code nextBytes} gives for one array of that length. By POST as well, whose body is not read.
 */
@WebServlet("/probe/bytes")
public final class Bytes extends HttpServlet {
    /** A multiple of eight, since each step must use up whole numbers. */
    private static final int STEP_BYTES = 8 * 1024;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query query = Query.of(request);
        long left = query.number("n", 0, 0, Long.MAX_VALUE);
        SplittableRandom random = new SplittableRandom(query.number("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE));

        response.setContentType("application/octet-stream");
        if (query.flag("length", true)) response.setContentLengthLong(left);
        ServletOutputStream output = response.getOutputStream();
        byte[] step = new byte[STEP_BYTES];
        while (left > 0) {
            random.nextBytes(step);
            int length = (int) Math.min(left, step.length);
            output.write(step, 0, length);
            left -= length;
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        doGet(request, response);
    }
}
