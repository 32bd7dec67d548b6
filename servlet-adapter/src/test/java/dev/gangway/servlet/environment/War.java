package dev.gangway.servlet.environment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The files of a made-up application. */
public final class War {
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    War file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public War descriptor(String text) {
        return file("WEB-INF/web.xml", text);
    }

    /** A class in {@code WEB-INF/classes} that is a servlet of this package. */
    public War servlet(String name, String servletPackage) {
        files.put("WEB-INF/classes/" + name + ".class", classFile(name, servletPackage + "/http/HttpServlet", null));
        return this;
    }

    /** A class in {@code WEB-INF/classes} that calls a method of another one: {@code OWNER.NAME(ARGUMENTS)RESULT}. */
    War caller(String name, String method) {
        files.put("WEB-INF/classes/" + name + ".class", classFile(name, "java/lang/Object", method));
        return this;
    }

    /** A library whose classes are servlets of this package. */
    War library(String name, String servletPackage, String... classes) {
        War library = new War();
        for (String entry : classes) {
            library.files.put(entry + ".class", classFile(entry, servletPackage + "/http/HttpServlet", null));
        }
        files.put("WEB-INF/lib/" + name, library.zip());
        return this;
    }

    public Path pack(Path file) throws IOException {
        return Files.write(file, zip());
    }

    public Path unpack(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return directory;
    }

    private byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] classFile(String name, String superclass, String called) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, name, null, superclass, null);
        if (called != null) {
            int dot = called.indexOf('.');
            int parenthesis = called.indexOf('(');
            MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "call", "()V", null, null);
            method.visitLdcInsn(1L); // Takes two places in the constant pool.
            method.visitMethodInsn(
                    Opcodes.INVOKEINTERFACE,
                    called.substring(0, dot),
                    called.substring(dot + 1, parenthesis),
                    called.substring(parenthesis),
                    true);
        }
        writer.visitEnd();
        return writer.toByteArray();
    }
}
