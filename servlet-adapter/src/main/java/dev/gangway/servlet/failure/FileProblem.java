package dev.gangway.servlet.failure;

import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What is wrong with a file, in words for the user. */
public final class FileProblem {
    /** The process may not do what it has to do with the file. */
    public static final String PERMISSION_DENIED = "permission denied";

    private FileProblem() {}

    /**
     * {@return why a file could not be read or made, without the path, which the messages of the JDK begin with or
     * consist of}
     *
     * @param e the exception, not necessarily one of the file system
     */
    public static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return PERMISSION_DENIED;
        }
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        String message =
                e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : e.getMessage();
        return message == null ? e.toString() : message;
    }
}
