package dev.gangway.servlet.listen;

import dev.gangway.servlet.failure.FileProblem;
import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who may connect.
 *
 * @param permissions of a Unix-domain socket that the runner makes; 0660 or stricter
 * @param owner a user name, or null for the user of the process
 * @param group a group name, or null for the group that the system gives
 * @param otherMachines whether a TCP socket may be reached from other machines
 */
public record SocketAccess(Set<PosixFilePermission> permissions, String owner, String group, boolean otherMachines) {
    /** The default: the user and the group of the process. */
    public static final String DEFAULT_MODE = "0660";

    private static final int WIDEST = 0660;
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
    };

    /**
     * {@return the access that an octal mode stands for}
     *
     * @throws IllegalArgumentException with a message for the user if the mode is malformed or too wide
     */
    public static SocketAccess of(String mode, String owner, String group) {
        if (!mode.matches("[0-7]{3,4}")) {
            throw new IllegalArgumentException("socket-mode is '" + mode + "', want octal digits such as 0660");
        }
        int bits = Integer.parseInt(mode, 8);
        // FCGI-158: whoever can connect can claim to be anybody.
        if ((bits & ~WIDEST) != 0) {
            throw new IllegalArgumentException("socket-mode " + mode
                    + " lets others than owner and group connect, want 0660 or stricter; choose the group instead");
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < BITS.length; i++) {
            if ((bits & 1 << i) != 0) {
                permissions.add(BITS[i]);
            }
        }
        return new SocketAccess(Set.copyOf(permissions), owner, group, false);
    }

    /** {@return the same access, from other machines too, whose peers are checked} */
    public SocketAccess fromOtherMachines() {
        return new SocketAccess(permissions, owner, group, true);
    }

    /** Checks that the system has such an owner and such a group. */
    void check(Path file) throws IOException, StartFailure {
        UserPrincipalLookupService principals = file.getFileSystem().getUserPrincipalLookupService();
        if (owner != null) {
            user(principals, owner);
        }
        if (group != null) {
            group(principals, group);
        }
    }

    /** Gives a file its owner and its group, and then its mode. */
    void grant(Path file) throws IOException, StartFailure {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        UserPrincipalLookupService principals = file.getFileSystem().getUserPrincipalLookupService();
        if (owner != null) {
            setOwner(view, user(principals, owner));
        }
        if (group != null) {
            setGroup(view, group(principals, group));
        }
        view.setPermissions(permissions);
    }

    private static void setOwner(PosixFileAttributeView view, UserPrincipal owner) throws IOException, StartFailure {
        try {
            view.setOwner(owner);
        } catch (FileSystemException e) {
            throw new StartFailure(
                    "cannot give the socket to user " + owner.getName() + ": " + FileProblem.reason(e)
                            + ". Only root can; give it to a group of yours with --socket-group",
                    e);
        }
    }

    private static void setGroup(PosixFileAttributeView view, GroupPrincipal group) throws IOException, StartFailure {
        try {
            view.setGroup(group);
        } catch (FileSystemException e) {
            throw new StartFailure(
                    "cannot give the socket to group " + group.getName() + ": " + FileProblem.reason(e)
                            + ". Only root or a member can; add user " + System.getProperty("user.name")
                            + " to the group",
                    e);
        }
    }

    private static UserPrincipal user(UserPrincipalLookupService principals, String name)
            throws IOException, StartFailure {
        try {
            return principals.lookupPrincipalByName(name);
        } catch (UserPrincipalNotFoundException e) {
            throw new StartFailure("--socket-owner " + name + ": this system has no such user", e);
        }
    }

    private static GroupPrincipal group(UserPrincipalLookupService principals, String name)
            throws IOException, StartFailure {
        try {
            return principals.lookupPrincipalByGroupName(name);
        } catch (UserPrincipalNotFoundException e) {
            throw new StartFailure("--socket-group " + name + ": this system has no such group", e);
        }
    }
}
