package dev.gangway.conformance.webapp;

import jakarta.servlet.ServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** What a servlet has seen: a line for each fact, with everything escaped that is not printable ASCII. */
final class Report {
    private final StringBuilder lines = new StringBuilder();

    /** Something that may throw instead of telling. */
    interface Question {
        Object ask() throws Exception;
    }

    Report fact(String name, Object value) {
        lines.append(name).append('=').append(escape(String.valueOf(value))).append('\n');
        return this;
    }

    Report all(String name, Enumeration<?> values) {
        return fact(name, values == null ? null : Collections.list(values));
    }

    Report all(String name, Collection<?> values) {
        return fact(name, List.copyOf(values));
    }

    /** The answer, or the kind of exception that comes instead. */
    Report ask(String name, Question question) {
        try {
            return fact(name, question.ask());
        } catch (EOFException e) {
            // Which class tells of a body that ends too early is the container's own business.
            return fact(name, IOException.class.getSimpleName());
        } catch (Exception e) {
            return fact(name, e.getClass().getSimpleName());
        }
    }

    void writeTo(ServletResponse response) throws IOException {
        if (response.getContentType() == null) {
            response.setContentType("text/plain");
            response.setCharacterEncoding("US-ASCII");
        }
        PrintWriter out = response.getWriter();
        out.write(toString());
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c >= ' ' && c < 0x7F && c != '\\') {
                escaped.append(c);
            } else {
                escaped.append(String.format("\\u%04x", (int) c));
            }
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
