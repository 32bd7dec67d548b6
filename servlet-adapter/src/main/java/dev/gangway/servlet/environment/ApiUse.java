package dev.gangway.servlet.environment;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;

/** What some classes use of the Servlet API. */
final class ApiUse {
    private static final byte[] JAVAX = "javax/servlet/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] JAKARTA = "jakarta/servlet/".getBytes(StandardCharsets.US_ASCII);

    // Tags of the constant pool, see the Java Virtual Machine Specification, section 4.4.
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;

    private int javaxClasses;
    private int jakartaClasses;
    private final Set<ApiChange> changes = EnumSet.noneOf(ApiChange.class);

    /** Adds a class file. */
    void addClass(byte[] file) {
        if (contains(file, JAVAX)) {
            javaxClasses++;
        }
        if (contains(file, JAKARTA)) {
            jakartaClasses++;
            addChanges(file);
        }
    }

    /** Adds the source of a JSP. */
    void addPage(String source) {
        if (source.contains("javax.servlet.")) {
            javaxClasses++;
        }
        if (source.contains("jakarta.servlet.")) {
            jakartaClasses++;
        }
    }

    /** {@return whether none of the classes uses it} */
    boolean isEmpty() {
        return javaxClasses + jakartaClasses == 0;
    }

    /** {@return whether both namespaces are in use} */
    boolean isMixed() {
        return javaxClasses > 0 && jakartaClasses > 0;
    }

    /** {@return whether the namespace of an environment is in use} */
    boolean has(ServletEnvironment environment) {
        return (environment == ServletEnvironment.EE8 ? javaxClasses : jakartaClasses) > 0;
    }

    /** {@return whether something that this change concerns is in use} */
    boolean has(ApiChange change) {
        return changes.contains(change);
    }

    /** {@return whether more classes use {@code javax.servlet} than {@code jakarta.servlet}} */
    boolean hasMoreJavax() {
        return javaxClasses > jakartaClasses;
    }

    /** {@return how many more classes use the one namespace than the other} */
    int lead() {
        return Math.abs(javaxClasses - jakartaClasses);
    }

    private void addChanges(byte[] file) {
        ClassReader pool;
        try {
            pool = new ClassReader(file);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return; // From a later version of Java, or damaged.
        }
        char[] buffer = new char[pool.getMaxStringLength()];
        for (int i = 1; i < pool.getItemCount(); i++) {
            int item = pool.getItem(i);
            if (item == 0) {
                continue; // Long and double take two places.
            }
            switch (pool.readByte(item - 1)) {
                case CLASS -> addClassName(pool.readUTF8(item, buffer));
                case METHOD, INTERFACE_METHOD -> addMethod(pool, item, buffer);
                default -> {}
            }
        }
    }

    private void addClassName(String name) {
        for (ApiChange change : ApiChange.values()) {
            if (change.hasClass(name)) {
                changes.add(change);
            }
        }
    }

    private void addMethod(ClassReader pool, int item, char[] buffer) {
        String owner = pool.readClass(item, buffer);
        int nameAndType = pool.getItem(pool.readUnsignedShort(item + 2));
        String method = pool.readUTF8(nameAndType, buffer) + pool.readUTF8(nameAndType + 2, buffer);
        for (ApiChange change : ApiChange.values()) {
            if (change.hasMethod(owner, method)) {
                changes.add(change);
            }
        }
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        int last = bytes.length - part.length;
        for (int i = 0; i <= last; i++) {
            if (bytes[i] == part[0] && Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
