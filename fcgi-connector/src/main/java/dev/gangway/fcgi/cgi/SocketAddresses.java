package dev.gangway.fcgi.cgi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Makes socket addresses from text without ever asking a name server. */
final class SocketAddresses {
    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]*");

    private SocketAddresses() {}

    /**
     * {@return a socket address}
     *
     * @param address an address as text, with or without brackets; null if it is not known
     * @param name    the host's name if the web server has looked it up, else null
     * @param port    0 to 65535
     */
    static InetSocketAddress of(String address, String name, int port) {
        String plain = withoutBrackets(address == null ? "" : address);
        if (name == null || name.equals(address) || !isLiteral(plain)) {
            return InetSocketAddress.createUnresolved(plain, port);
        }
        try {
            byte[] bytes = InetAddress.getByName(plain).getAddress();
            return new InetSocketAddress(InetAddress.getByAddress(name, bytes), port);
        } catch (UnknownHostException e) {
            return InetSocketAddress.createUnresolved(plain, port);
        }
    }

    private static String withoutBrackets(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }

    /** {@return the address that a text denotes, or null if it denotes none} */
    static InetAddress literal(String address) {
        try {
            return isLiteral(address) ? InetAddress.getByName(address) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static boolean isLiteral(String address) {
        return IPV4.matcher(address).matches()
                || (address.indexOf(':') >= 0 && IPV6.matcher(address).matches());
    }
}
