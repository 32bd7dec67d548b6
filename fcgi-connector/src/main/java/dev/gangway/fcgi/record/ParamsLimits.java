package dev.gangway.fcgi.record;

/**
 * How much a stream of name-value pairs may be.
 *
 * @param bytes      of the whole stream, lengths included
 * @param pairs      their number
 * @param nameBytes  of one name
 * @param valueBytes of one value
 */
public record ParamsLimits(int bytes, int pairs, int nameBytes, int valueBytes) {
    /** {@return no limit but that of the whole stream} */
    static ParamsLimits bytes(int bytes) {
        return new ParamsLimits(bytes, bytes, bytes, bytes);
    }
}
