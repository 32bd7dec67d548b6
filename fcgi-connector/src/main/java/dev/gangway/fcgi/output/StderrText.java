package dev.gangway.fcgi.output;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A line for STDERR: web servers copy it into their logs, so it must stay one line, and short. */
public final class StderrText {
    public static final ByteBuffer NONE = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private static final int MAX_CHARS = 500;

    private StderrText() {}

    public static ByteBuffer of(Throwable failure) {
        StringBuilder line = new StringBuilder(failure.toString());
        if (line.length() > MAX_CHARS) {
            line.setLength(MAX_CHARS);
            line.append("...");
        }
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, ' ');
            }
        }
        return ByteBuffer.wrap(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
}
