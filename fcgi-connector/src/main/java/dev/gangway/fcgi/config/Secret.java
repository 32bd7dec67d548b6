package dev.gangway.fcgi.config;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** What the web server has to send to be trusted. Immutable. */
public final class Secret {
    /** The parameter that holds it. */
    public static final String NAME = "GANGWAY_SECRET";

    /** No secret is required. */
    static final Secret NONE = new Secret(null);

    private static final int MIN_LENGTH = 16;

    private final byte[] value;

    private Secret(byte[] value) {
        this.value = value;
    }

    /**
     * @param value at least 16 bytes, or null for none
     * @throws IllegalArgumentException if it is shorter
     */
    static Secret of(byte[] value) {
        if (value == null) {
            return NONE;
        }
        if (value.length < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "the secret has " + value.length + " bytes, want at least " + MIN_LENGTH);
        }
        return new Secret(value.clone());
    }

    public boolean isRequired() {
        return value != null;
    }

    /**
     * {@return whether a request with these values of the parameter may be served: each has to be right}
     *
     * <p>It takes the same time for all wrong values of a length.
     */
    public boolean admits(List<byte[]> said) {
        return value == null || (!said.isEmpty() && said.stream().allMatch(one -> MessageDigest.isEqual(value, one)));
    }

    /** {@return whether a part of some bytes is the secret} */
    public boolean is(byte[] bytes, int from, int length) {
        return value != null
                && length == value.length
                && MessageDigest.isEqual(value, Arrays.copyOfRange(bytes, from, from + length));
    }
}
