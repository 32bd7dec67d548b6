package dev.gangway.servlet.status;

import dev.gangway.api.FcgiRequest;
import dev.gangway.fcgi.config.AddressRanges;
import dev.gangway.servlet.login.LoginPolicy;
import dev.gangway.servlet.login.WebServerUser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;

/**
 * Who may see the status of a server through a web server.
 *
 * @param addresses of clients; null for none
 * @param users     whom the web server names
 */
record StatusAccess(AddressRanges addresses, Set<String> users) {
    private static final String USER = "user:";

    /** No name server shall be asked. */
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    /**
     * {@return the access of those whom the user has named}
     *
     * @throws IllegalArgumentException with a message for the user if one is not well formed
     */
    static StatusAccess of(List<String> allowed) {
        List<String> addresses =
                allowed.stream().filter(name -> !name.startsWith(USER)).toList();
        Set<String> users = allowed.stream()
                .filter(name -> name.startsWith(USER))
                .map(name -> name.substring(USER.length()))
                .collect(Collectors.toUnmodifiableSet());
        if (users.contains("")) {
            throw new IllegalArgumentException("status-allow has 'user:' without a name");
        }
        try {
            return new StatusAccess(addresses.isEmpty() ? null : AddressRanges.of(addresses), users);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("status-allow: " + e.getMessage() + ", nor user:NAME", e);
        }
    }

    boolean allows(Request request) {
        return allowsAddress(request) || allowsUser(request);
    }

    private boolean allowsAddress(Request request) {
        InetAddress client = address(request);
        return addresses != null && client != null && addresses.contains(client);
    }

    /** {@return the address of the client as the web server names it, null if it names none} */
    private static InetAddress address(Request request) {
        if (!(request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote)) {
            return null;
        }
        if (!remote.isUnresolved()) {
            return remote.getAddress();
        }
        try {
            return LITERAL.matcher(remote.getHostString()).matches()
                    ? InetAddress.getByName(remote.getHostString())
                    : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private boolean allowsUser(Request request) {
        if (users.isEmpty() || !(request.getAttribute(FcgiRequest.ATTRIBUTE) instanceof FcgiRequest fcgi)) {
            return false;
        }
        WebServerUser user = LoginPolicy.of(
                        request.getConnectionMetaData().getConnector().getServer())
                .user(fcgi);
        return user != null && users.contains(user.name());
    }
}
