package dev.gangway.conformance.webapp;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** The body: as bytes, by a reader ({@code /body/text}), only a part of it ({@code /body/some}), or not at all. */
@WebServlet("/body/*")
public class BodyServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Report report = new Report()
                .fact("method", request.getMethod())
                .fact("contentLength", request.getContentLengthLong())
                .fact("contentType", request.getContentType())
                .fact("characterEncoding", request.getCharacterEncoding());
        switch (String.valueOf(request.getPathInfo())) {
            case "/text" -> report.ask("text", () -> request.getReader().readLine());
            case "/some" ->
                report.ask("some", () -> new String(request.getInputStream().readNBytes(3)));
            case "/both" ->
                report.fact("stream", request.getInputStream() != null).ask("reader", () -> request.getReader());
            case "/none" -> report.fact("read", "nothing");
            default -> bytes(report, request);
        }
        report.writeTo(response);
    }

    private static void bytes(Report report, HttpServletRequest request) throws IOException {
        ServletInputStream in = request.getInputStream();
        byte[] bytes = in.readAllBytes();
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        report.fact("length", bytes.length)
                .fact("checksum", checksum.getValue())
                .fact("finished", in.isFinished())
                .fact("more", in.read())
                .ask("trailersReady", request::isTrailerFieldsReady)
                .ask("trailers", () -> new TreeMap<>(request.getTrailerFields()));
    }
}
