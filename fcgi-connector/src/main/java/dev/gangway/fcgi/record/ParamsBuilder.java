package dev.gangway.fcgi.record;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects the PARAMS of one request. Takes memory for the bytes that have come, not for those announced. Thread-safe:
 * the thread that gives up waiting for the rest is not the one that adds.
 */
public final class ParamsBuilder {
    private static final byte[] NONE = new byte[0];

    private final ParamsLimits limits;
    private byte[] block = NONE;
    private int length;

    /**
     * @param limits what is accepted
     */
    public ParamsBuilder(ParamsLimits limits) {
        this.limits = limits;
    }

    /**
     * Adds the next part of the stream.
     *
     * @param content is read to its end
     * @throws RequestError if the limit is exceeded
     */
    public synchronized void add(ByteBuffer content) throws RequestError {
        int added = content.remaining();
        if (added > limits.bytes() - length) {
            throw new RequestError(
                    RequestError.Kind.PARAMS_TOO_LARGE, "params longer than " + limits.bytes() + " bytes");
        }
        if (added > block.length - length) {
            // Usually everything comes at once, and then fits exactly.
            int capacity = length == 0 ? added : Math.min(limits.bytes(), Math.max(length + added, 2 * length));
            block = Arrays.copyOf(block, capacity);
        }
        content.get(block, length, added);
        length += added;
    }

    /** {@return how many bytes have been added} */
    public synchronized int length() {
        return length;
    }

    /**
     * {@return the pairs, at the end of the stream; the builder is of no further use}
     *
     * @throws RequestError if they are malformed, too many or too long
     */
    public synchronized Params build() throws RequestError {
        return Params.decode(block, length, limits);
    }

    /** {@return the whole pairs so far, up to the first that is malformed, or one too many or too long} */
    public synchronized Params leading() {
        return Params.leading(block.clone(), length, limits);
    }
}
