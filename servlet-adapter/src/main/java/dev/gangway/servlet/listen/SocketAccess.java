package dev.gangway.servlet.listen;

import java.nio.file.attribute.PosixFilePermission;
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
}
