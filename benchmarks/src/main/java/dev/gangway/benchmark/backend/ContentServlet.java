package dev.gangway.benchmark.backend;

import dev.gangway.benchmark.Workload;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes so many blocks. */
public final class ContentServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final int blocks;
    private final int blockLength;

    public ContentServlet(int blocks, int blockLength) {
        this.blocks = blocks;
        this.blockLength = blockLength;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int number = Integer.parseInt(request.getPathInfo().substring(1));
        response.setContentType("application/octet-stream");
        ServletOutputStream out = response.getOutputStream();
        for (int i = 0; i < blocks; i++) {
            out.write(Workload.pattern(), Workload.offset(number), blockLength);
        }
    }
}
