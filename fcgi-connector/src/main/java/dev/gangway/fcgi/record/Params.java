package dev.gangway.fcgi.record;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The name-value pairs of one PARAMS stream (FastCGI 1.0, section 3.4): the bytes as received and an index into them.
 * Immutable, as long as nobody changes those bytes.
 */
public final class Params {
    /** No pair at all. */
    public static final Params NONE = new Params(new byte[0], new int[0], 0);

    private static final int INTS_PER_PAIR = 3;
    /** For as many pairs as web servers usually send. */
    static final int INITIAL_INDEX = INTS_PER_PAIR * 40;

    private final byte[] block;
    /** For each pair: where the name begins, the length of the name, the length of the value that follows it. */
    private final int[] index;

    private final int size;

    private Params(byte[] block, int[] index, int size) {
        this.block = block;
        this.index = index;
        this.size = size;
    }

    /**
     * Decodes a whole stream.
     *
     * @param block    the content of its records, joined; it now belongs to the result
     * @param length   how many bytes of the block are used
     * @param limits   what is accepted
     * @return the pairs
     * @throws RequestError if a pair runs past the end or contains NUL, or a limit is exceeded
     */
    public static Params decode(byte[] block, int length, ParamsLimits limits) throws RequestError {
        return decode(block, length, limits, new int[INITIAL_INDEX]);
    }

    /** As {@link #decode(byte[], int, ParamsLimits)}, with memory for the index, which now belongs to the result. */
    static Params decode(byte[] block, int length, ParamsLimits limits, int[] memory) throws RequestError {
        Index index = new Index(block, length, limits, memory);
        index.readAll();
        return index.params();
    }

    /**
     * Decodes the pairs in front of the first one that {@link #decode} does not accept.
     *
     * @param block    what has come of the stream; not to be changed as long as the result is in use
     * @param length   how many bytes of the block are used
     * @param limits   what is accepted
     * @return the pairs, perhaps none
     */
    static Params leading(byte[] block, int length, ParamsLimits limits) {
        Index index = new Index(block, length, limits, new int[INITIAL_INDEX]);
        try {
            index.readAll();
        } catch (RequestError e) {
            // The pairs so far are what is asked for.
        }
        return index.params();
    }

    /** The index while it is being made. */
    private static final class Index {
        private final byte[] block;
        private final int length;
        private final ParamsLimits limits;
        private int[] index;
        private int size;

        Index(byte[] block, int length, ParamsLimits limits, int[] memory) {
            this.block = block;
            this.length = length;
            this.limits = limits;
            this.index = memory;
        }

        void readAll() throws RequestError {
            int at = 0;
            while (at < length) {
                if (size == limits.pairs()) {
                    throw new RequestError(
                            RequestError.Kind.PARAMS_TOO_LARGE, "more than " + limits.pairs() + " params");
                }
                int nameLength = pairLength(block, at, length);
                at += block[at] < 0 ? 4 : 1;
                int valueLength = pairLength(block, at, length);
                at += block[at] < 0 ? 4 : 1;
                // A long, since the announced lengths may add up to almost 4 GiB.
                if ((long) nameLength + valueLength > length - at) {
                    throw new RequestError(
                            RequestError.Kind.MALFORMED, "params: pair " + size + " runs past the end of the stream");
                }
                if (nameLength > limits.nameBytes() || valueLength > limits.valueBytes()) {
                    throw new RequestError(
                            RequestError.Kind.PARAMS_TOO_LARGE,
                            "params: the name or the value of pair " + size + " is too long");
                }
                int end = at + nameLength + valueLength;
                for (int i = at; i < end; i++) {
                    if (block[i] == 0) {
                        throw new RequestError(RequestError.Kind.MALFORMED, "params: NUL in pair " + size);
                    }
                }
                add(at, nameLength, valueLength);
                at = end;
            }
        }

        private void add(int at, int nameLength, int valueLength) {
            if (size * INTS_PER_PAIR == index.length) {
                index = Arrays.copyOf(index, index.length * 2);
            }
            index[size * INTS_PER_PAIR] = at;
            index[size * INTS_PER_PAIR + 1] = nameLength;
            index[size * INTS_PER_PAIR + 2] = valueLength;
            size++;
        }

        Params params() {
            return new Params(block, index, size);
        }
    }

    private static int pairLength(byte[] block, int at, int length) throws RequestError {
        if (at < length && block[at] >= 0) {
            return block[at];
        }
        if (at + 4 > length) {
            throw new RequestError(RequestError.Kind.MALFORMED, "params: the stream ends within a length");
        }
        return (block[at] & 0x7F) << 24
                | (block[at + 1] & 0xFF) << 16
                | (block[at + 2] & 0xFF) << 8
                | (block[at + 3] & 0xFF);
    }

    /** {@return the memory of the index, to be used again when these pairs are not needed any more} */
    int[] index() {
        return index;
    }

    /** {@return the number of pairs} */
    public int size() {
        return size;
    }

    /**
     * {@return the name of a pair, one character a byte}
     *
     * @param pair 0 to size - 1
     */
    public String name(int pair) {
        return new String(block, nameAt(pair), nameLength(pair), StandardCharsets.ISO_8859_1);
    }

    /**
     * {@return the value of a pair}
     *
     * @param pair    0 to size - 1
     * @param charset how its bytes are to be read
     */
    public String value(int pair, Charset charset) {
        return new String(block, valueAt(pair), valueLength(pair), charset);
    }

    /** {@return the bytes that {@link #nameAt} and {@link #valueAt} point into; not to be changed} */
    public byte[] block() {
        return block;
    }

    /**
     * {@return where the name of a pair begins}
     *
     * @param pair 0 to size - 1
     */
    public int nameAt(int pair) {
        return index[pair * INTS_PER_PAIR];
    }

    /**
     * {@return the length of the name of a pair in bytes}
     *
     * @param pair 0 to size - 1
     */
    public int nameLength(int pair) {
        return index[pair * INTS_PER_PAIR + 1];
    }

    /**
     * {@return where the value of a pair begins}
     *
     * @param pair 0 to size - 1
     */
    public int valueAt(int pair) {
        return nameAt(pair) + nameLength(pair);
    }

    /**
     * {@return the length of the value of a pair in bytes}
     *
     * @param pair 0 to size - 1
     */
    public int valueLength(int pair) {
        return index[pair * INTS_PER_PAIR + 2];
    }

    /**
     * {@return the last pair of a name, which counts if there are several; -1 if there is none}
     *
     * @param name what to look for, one character a byte
     */
    public int last(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.ISO_8859_1);
        for (int pair = size - 1; pair >= 0; pair--) {
            if (isNamed(pair, wanted)) {
                return pair;
            }
        }
        return -1;
    }

    /**
     * {@return the values of all pairs of a name, in order}
     *
     * @param name what to look for, one character a byte
     */
    public List<byte[]> all(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.ISO_8859_1);
        List<byte[]> values = new ArrayList<>(1);
        for (int pair = 0; pair < size; pair++) {
            if (isNamed(pair, wanted)) {
                values.add(Arrays.copyOfRange(block, valueAt(pair), valueAt(pair) + valueLength(pair)));
            }
        }
        return values;
    }

    /** {@return whether a pair has the same name as one of other pairs} */
    public boolean hasNameOf(int pair, Params others, int other) {
        return isSame(nameAt(pair), nameLength(pair), others, others.nameAt(other), others.nameLength(other));
    }

    /** {@return whether a pair has the same value as one of other pairs} */
    public boolean hasValueOf(int pair, Params others, int other) {
        return isSame(valueAt(pair), valueLength(pair), others, others.valueAt(other), others.valueLength(other));
    }

    private boolean isSame(int from, int length, Params others, int otherFrom, int otherLength) {
        return length == otherLength
                && Arrays.equals(block, from, from + length, others.block, otherFrom, otherFrom + length);
    }

    private boolean isNamed(int pair, byte[] name) {
        int from = nameAt(pair);
        return Arrays.equals(block, from, from + nameLength(pair), name, 0, name.length);
    }

    /** {@return the number of pairs alone: values may be credentials} */
    @Override
    public String toString() {
        return size + " params";
    }
}
