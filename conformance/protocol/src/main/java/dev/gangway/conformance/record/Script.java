package dev.gangway.conformance.record;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Records to be said later, in one go or cut at will. */
public final class Script implements Vocabulary<Script> {
    private final List<FcgiRecord> records = new ArrayList<>();

    @Override
    public Script record(FcgiRecord record) {
        records.add(record);
        return this;
    }

    @Override
    public Script self() {
        return this;
    }

    public List<FcgiRecord> records() {
        return List.copyOf(records);
    }

    /** {@return all records as they go over the wire} */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        records.forEach(record -> bytes.writeBytes(record.encode()));
        return bytes.toByteArray();
    }
}
