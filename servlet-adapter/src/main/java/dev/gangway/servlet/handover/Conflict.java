package dev.gangway.servlet.handover;

import java.net.BindException;
import java.nio.channels.OverlappingFileLockException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.InstanceAlreadyExistsException;

/** What keeps two versions of an application from running at the same time: a port, a name, a locked file. */
public final class Conflict {
    /** Databases, search indexes and caches in files. */
    private static final Pattern LOCKED = Pattern.compile(
            "already (in use|locked|registered|booted)|Another instance|LockObtainFailed|lock acquisition|is locked");

    private Conflict() {}

    /** {@return whether a version does not start because another one is running, as far as that shows} */
    public static boolean explains(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(100)
                .anyMatch(Conflict::isOne);
    }

    private static boolean isOne(Throwable cause) {
        return cause instanceof BindException
                || cause instanceof InstanceAlreadyExistsException
                || cause instanceof OverlappingFileLockException
                || LOCKED.matcher(cause.toString()).find();
    }
}
