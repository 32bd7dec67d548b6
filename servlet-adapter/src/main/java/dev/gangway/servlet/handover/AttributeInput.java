package dev.gangway.servlet.handover;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Reads what {@link AttributeOutput} has written in another version of the application, or of its container. */
final class AttributeInput extends ObjectInputStream {
    private final ClassLoader application;

    private AttributeInput(byte[] bytes) throws IOException {
        super(new ByteArrayInputStream(bytes));
        application = Thread.currentThread().getContextClassLoader();
    }

    /**
     * {@return the attributes that can be read}
     *
     * @param onOmitted is told of each other one, and of the reason
     */
    static Map<String, Object> read(byte[] bytes, BiConsumer<String, Throwable> onOmitted)
            throws IOException, ClassNotFoundException {
        Map<String, Object> attributes = new HashMap<>();
        try (AttributeInput in = new AttributeInput(bytes)) {
            String[] names = new String[in.readInt()];
            for (int i = 0; i < names.length; i++) {
                names[i] = (String) in.readObject();
            }
            Throwable broken = null;
            for (String name : names) {
                try {
                    if (broken == null) {
                        attributes.put(name, in.readObject());
                    } else {
                        onOmitted.accept(name, broken);
                    }
                } catch (ClassNotFoundException e) {
                    // The rest can still be read.
                    onOmitted.accept(name, e);
                } catch (Exception | LinkageError | StackOverflowError e) {
                    onOmitted.accept(name, e);
                    broken = e;
                }
            }
        }
        return attributes;
    }

    /** A class that does not fit is as good as missing: so the rest of the stream can be read. */
    @Override
    protected Class<?> resolveClass(ObjectStreamClass written) throws IOException, ClassNotFoundException {
        Class<?> type = readBoolean() ? load(written.getName(), application) : containerClass(written);
        if (!fits(type, written)) {
            throw new ClassNotFoundException(type.getName() + " has changed");
        }
        return type;
    }

    private static boolean fits(Class<?> type, ObjectStreamClass written) {
        if (type.isArray() || type.isPrimitive() || type.isRecord() || type.isInterface()) {
            return true;
        }
        return !isSerializable(written)
                || Serializable.class.isAssignableFrom(type)
                        && ObjectStreamClass.lookup(type).getSerialVersionUID() == written.getSerialVersionUID();
    }

    private static boolean isSerializable(ObjectStreamClass written) {
        return written.getSerialVersionUID() != 0;
    }

    private Class<?> containerClass(ObjectStreamClass written) throws IOException, ClassNotFoundException {
        try {
            return load(written.getName(), container());
        } catch (ClassNotFoundException e) {
            // It knows the primitive types.
            return super.resolveClass(written);
        }
    }

    private ClassLoader container() {
        return application == null ? null : application.getParent();
    }

    private static Class<?> load(String name, ClassLoader loader) throws ClassNotFoundException {
        return Class.forName(name, false, loader);
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws IOException, ClassNotFoundException {
        ClassLoader loader = readBoolean() ? application : container();
        Class<?>[] types = new Class<?>[interfaces.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = load(interfaces[i], loader);
        }
        try {
            return Proxy.newProxyInstance(loader, types, (proxy, method, arguments) -> null)
                    .getClass();
        } catch (IllegalArgumentException e) {
            throw new ClassNotFoundException("no proxy of " + String.join(", ", interfaces), e);
        }
    }
}
