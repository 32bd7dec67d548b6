package dev.gangway.fcgi.record;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects the PARAMS of one request after another. Takes memory for the bytes that have come, not for those announced.
 * Thread-safe: the thread that gives up waiting for the rest is not the one that adds.
 */
public final class ParamsBuilder {
    private static final byte[] NONE = new byte[0];

    private final ParamsLimits limits;
    private byte[] block = NONE;
    private int length;
    private int[] index;

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
            // Usually everything comes at once; the next request may be a bit longer.
            int wanted = length == 0 ? added + added / 16 : Math.max(length + added, 2 * length);
            int capacity = Math.min(limits.bytes(), wanted);
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
     * {@return the pairs, at the end of the stream; they last until the builder is cleared}
     *
     * @throws RequestError if they are malformed, too many or too long
     */
    public synchronized Params build() throws RequestError {
        Params params = Params.decode(block, length, limits, index == null ? new int[Params.INITIAL_INDEX] : index);
        index = params.index();
        return params;
    }

    /** Overwrites some of the bytes, so that they are not kept. */
    public synchronized void erase(int from, int count) {
        Arrays.fill(block, from, from + count, (byte) 0);
    }

    /** Forgets the pairs, to collect those of another request. */
    public synchronized void clear() {
        erase(0, length);
        length = 0;
    }

    /** {@return the whole pairs so far, up to the first that is malformed, or one too many or too long} */
    public synchronized Params leading() {
        return Params.leading(block.clone(), length, limits);
    }
}
