package dev.gangway.servlet.handover;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Writes the attributes of a session for {@link AttributeInput}. They are in one stream, since they may refer to the
 * same objects. With each class goes whether it is of the application or of its container.
 */
final class AttributeOutput extends ObjectOutputStream {
    private final ClassLoader application;

    private AttributeOutput(OutputStream out) throws IOException {
        super(out);
        application = Thread.currentThread().getContextClassLoader();
    }

    /**
     * {@return the attributes that can be written}
     *
     * @param onOmitted is told of each other one, and of the reason
     */
    static byte[] write(Map<String, Object> attributes, BiConsumer<String, Throwable> onOmitted) throws IOException {
        try {
            return write(attributes);
        } catch (Exception | LinkageError | StackOverflowError e) {
            return write(writable(attributes, onOmitted));
        }
    }

    private static Map<String, Object> writable(
            Map<String, Object> attributes, BiConsumer<String, Throwable> onOmitted) {
        Map<String, Object> writable = new LinkedHashMap<>();
        attributes.forEach((name, value) -> {
            try {
                write(Map.of(name, value));
                writable.put(name, value);
            } catch (Exception | LinkageError | StackOverflowError e) {
                onOmitted.accept(name, e);
            }
        });
        return writable;
    }

    private static byte[] write(Map<String, Object> attributes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (AttributeOutput out = new AttributeOutput(bytes)) {
            out.writeInt(attributes.size());
            for (String name : attributes.keySet()) {
                out.writeObject(name);
            }
            for (Object value : attributes.values()) {
                out.writeObject(value);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    protected void annotateClass(Class<?> type) throws IOException {
        writeBoolean(isOfApplication(type));
    }

    @Override
    protected void annotateProxyClass(Class<?> type) throws IOException {
        writeBoolean(isOfApplication(type));
    }

    private boolean isOfApplication(Class<?> type) {
        for (ClassLoader loader = type.getClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader == application) {
                return true;
            }
        }
        return false;
    }
}
