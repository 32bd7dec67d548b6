package dev.gangway.benchmark;

import java.nio.charset.StandardCharsets;

/** What is asked for: the number in the path of a request decides the bytes of its answer, so that none can be swapped. */
public enum Workload {
    /** 13 bytes. */
    HELLO("hello", 0),
    /** 16 KiB in one write. */
    KIB_16("16k", 0),
    /** 1 MiB in 128 writes, of unknown length. */
    MIB_1("1m", 0),
    /** A POST of 10 MiB, which the servlet reads by 8 KiB. */
    UPLOAD("upload", 10 << 20);

    /** What a streamed answer is written by, and an upload read by. */
    public static final int BLOCK = 8 * 1024;

    /** Of an upload, each byte at a multiple of this counts for the sum in its answer. */
    public static final int SAMPLED = 1024;

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final byte[] PATTERN = ALPHABET.repeat(300).getBytes(StandardCharsets.US_ASCII);

    private final String path;
    private final int bodyLength;

    Workload(String path, int bodyLength) {
        this.path = path;
        this.bodyLength = bodyLength;
    }

    /** {@return the first segment of the path, and its name in tables} */
    public String path() {
        return path;
    }

    /** {@return the length of the body of a request, 0 for a GET} */
    public int bodyLength() {
        return bodyLength;
    }

    /** {@return where what is written begins in the {@link #pattern} for this number} */
    public static int offset(int number) {
        return number % ALPHABET.length();
    }

    /** {@return the bytes that answers and uploads consist of, not to be changed} */
    public static byte[] pattern() {
        return PATTERN;
    }

    /** {@return the only right answer to the request with this number} */
    public Content answer(int number) {
        return switch (this) {
            case HELLO -> Content.of("Hello " + number);
            case KIB_16 -> new Content(PATTERN, offset(number), 16 * 1024, 16 * 1024);
            case MIB_1 -> new Content(PATTERN, offset(number), BLOCK, 1 << 20);
            case UPLOAD -> Content.of(number + ": " + bodyLength + " bytes, " + sampledSum());
        };
    }

    /** {@return the body of a request} */
    public Content body() {
        return new Content(PATTERN, 0, ALPHABET.length(), bodyLength);
    }

    private long sampledSum() {
        long sum = 0;
        for (int i = 0; i < bodyLength; i += SAMPLED) {
            sum += PATTERN[i % ALPHABET.length()];
        }
        return sum;
    }

    /** {@return the workload of this name, or null} */
    public static Workload named(String name) {
        for (Workload workload : values()) {
            if (workload.path.equals(name)) {
                return workload;
            }
        }
        return null;
    }
}
