package dev.gangway.conformance.webapp;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What a servlet can do with a response: the path says what. */
@WebServlet("/response/*")
public class ResponseServlet extends HttpServlet {
    private static final int LARGE = 100_000;

    private interface Deed {
        void on(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private static final Map<String, Deed> DEEDS = Map.ofEntries(
            Map.entry("/status", ResponseServlet::status),
            Map.entry("/headers", ResponseServlet::headers),
            Map.entry("/large-header", ResponseServlet::largeHeader),
            Map.entry("/bodyless", ResponseServlet::bodyless),
            Map.entry("/status-header", ResponseServlet::statusHeader),
            Map.entry("/cookies", ResponseServlet::cookies),
            Map.entry("/buffer", ResponseServlet::buffer),
            Map.entry("/flush", ResponseServlet::flush),
            Map.entry("/reset", ResponseServlet::reset),
            Map.entry("/reset-buffer", ResponseServlet::resetBuffer),
            Map.entry("/committed", ResponseServlet::committed),
            Map.entry("/overflow", ResponseServlet::overflow),
            Map.entry("/length", ResponseServlet::length),
            Map.entry("/encoding", ResponseServlet::encoding),
            Map.entry("/locale", ResponseServlet::locale),
            Map.entry("/page", ResponseServlet::page),
            Map.entry("/page-by-locale", ResponseServlet::pageByLocale),
            Map.entry("/trailers", ResponseServlet::trailers),
            Map.entry("/close", ResponseServlet::close),
            Map.entry("/late", ResponseServlet::late),
            Map.entry("/empty", (request, response) -> {}));

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        DEEDS.get(request.getPathInfo()).on(request, response);
    }

    private static void status(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(Integer.parseInt(request.getParameter("code")));
        response.setContentType("text/plain");
        response.getWriter().write("body of " + request.getParameter("code"));
    }

    private static void headers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.addHeader("X-Twice", "one");
        response.addHeader("X-Twice", "two");
        response.setHeader("X-Set", "before");
        response.setHeader("X-Set", "after");
        response.setHeader("X-Gone", "here");
        response.setHeader("X-Gone", null);
        response.setHeader("X-Empty", "");
        response.setIntHeader("X-Int", 42);
        response.addIntHeader("X-Int", 43);
        response.setDateHeader("X-Date", 1_000_000_000_000L);
        response.setHeader("X-Injected", "a\r\nX-Evil: b");
        response.setHeader("X-Latin", "caf\u00e9");
        response.setHeader("X-Long", "y".repeat(2000));
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("WWW-Authenticate", "Made-Up");
        response.setHeader("Last-Modified", "Sun, 09 Sep 2001 01:46:40 GMT");
        response.setHeader("ETag", "\"tag\"");
        response.setHeader("Vary", "Accept-Language");
        new Report()
                .all("twice", response.getHeaders("x-twice"))
                .fact("set", response.getHeader("X-Set"))
                .fact("contains", response.containsHeader("X-Int"))
                .all("names", new TreeSet<>(response.getHeaderNames()))
                .writeTo(response);
    }

    private static void largeHeader(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setHeader("X-Large", "z".repeat(Integer.parseInt(request.getParameter("bytes"))));
        response.getWriter().write("with a large header");
    }

    private static void bodyless(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(Integer.parseInt(request.getParameter("code")));
        response.setContentLength(12);
        response.setHeader("ETag", "\"tag\"");
    }

    private static void statusHeader(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Status", "404 made up");
        response.setStatus(202);
        new Report()
                .fact("status", response.getStatus())
                .fact("header", response.getHeader("Status"))
                .writeTo(response);
    }

    private static void cookies(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.addCookie(new Cookie("plain", "value"));
        Cookie cookie = new Cookie("full", "a-b");
        cookie.setPath("/somewhere");
        cookie.setDomain("app.example");
        cookie.setSecure(true);
        cookie.setHttpOnly(true);
        cookie.setMaxAge(3600);
        response.addCookie(cookie);
        Cookie gone = new Cookie("gone", "");
        gone.setMaxAge(0);
        response.addCookie(gone);
        new Report().fact("cookies", response.getHeaders("Set-Cookie").size()).writeTo(response);
    }

    private static void buffer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setBufferSize(5000);
        Report report = new Report().fact("atLeast", response.getBufferSize() >= 5000);
        response.getWriter().write("x".repeat(100) + "\n");
        report.fact("committed", response.isCommitted())
                .ask("tooLate", () -> {
                    response.setBufferSize(9000);
                    return "changed";
                })
                .writeTo(response);
    }

    private static void flush(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().write("first\n");
        response.flushBuffer();
        response.setHeader("X-Late", "too late");
        response.setStatus(404);
        new Report()
                .fact("committed", response.isCommitted())
                .ask("reset", () -> {
                    response.reset();
                    return "done";
                })
                .ask("error", () -> {
                    response.sendError(500);
                    return "done";
                })
                .writeTo(response);
    }

    private static void reset(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(404);
        response.setHeader("X-Before", "gone");
        response.setContentType("text/html");
        response.getWriter().write("gone");
        response.reset();
        response.setHeader("X-After", "here");
        response.setContentType("text/plain");
        response.getOutputStream().write("after reset".getBytes("US-ASCII"));
    }

    private static void resetBuffer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(203);
        response.setHeader("X-Before", "here");
        response.getOutputStream().print("gone");
        response.resetBuffer();
        response.getOutputStream().print("after reset of the buffer");
    }

    private static void committed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setBufferSize(1000);
        PrintWriter out = response.getWriter();
        for (int line = 0; line < 2000; line++) {
            out.println("line " + line + " " + "z".repeat(40));
        }
        out.println("committed " + response.isCommitted());
    }

    private static void overflow(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/octet-stream");
        response.setContentLength(LARGE);
        ServletOutputStream out = response.getOutputStream();
        for (int i = 0; i < LARGE; i++) {
            out.write(i % 251);
        }
    }

    private static void length(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setContentLengthLong(5);
        response.getOutputStream().print("12345");
    }

    private static void encoding(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=" + request.getParameter("charset"));
        response.getWriter().write("gr\u00fc\u00df dich " + response.getCharacterEncoding());
    }

    private static void locale(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setLocale(Locale.JAPAN);
        response.setContentType("text/plain");
        response.getWriter().write("locale " + response.getLocale());
    }

    private static void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html");
        response.getWriter().write("<p>gr\u00fc\u00df</p>");
    }

    /** The descriptor has a charset for it. */
    private static void pageByLocale(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html");
        response.setLocale(Locale.KOREAN);
        response.getWriter().write("<p>\uac00</p>");
    }

    private static void trailers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setHeader("Trailer", "X-Sum");
        response.setTrailerFields(() -> Collections.singletonMap("X-Sum", "42"));
        response.getOutputStream().print("with trailers");
    }

    private static void close(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        PrintWriter out = response.getWriter();
        out.write("before");
        out.close();
        out.write("after");
        response.setHeader("X-Late", "too late");
    }

    private static void late(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().write("text");
        response.setCharacterEncoding("UTF-16");
        response.setContentType("text/html;charset=UTF-16");
        response.getWriter().write(" " + response.getCharacterEncoding());
    }
}
