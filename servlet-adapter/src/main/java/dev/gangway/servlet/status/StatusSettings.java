package dev.gangway.servlet.status;

import dev.gangway.servlet.listen.ListenAddress;

/**
 * Where a server says what about itself.
 *
 * @param ping where web servers and their clients hear whether it is ready; null for nowhere
 * @param page where they see its status; null for nowhere
 * @param access who may see it there
 * @param address where it tells both by HTTP; null for nowhere
 */
public record StatusSettings(OwnPath ping, OwnPath page, StatusAccess access, ListenAddress address) {
    /** It says nothing. */
    public static final StatusSettings NONE = new StatusSettings(null, null, null, null);

    boolean needsFigures() {
        return page != null || address != null;
    }
}
