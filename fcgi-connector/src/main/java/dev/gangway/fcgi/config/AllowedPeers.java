package dev.gangway.fcgi.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which web servers may connect. Immutable. */
public final class AllowedPeers {
    /** Every peer that reaches the address. */
    public static final AllowedPeers ALL = new AllowedPeers(List.of(), true);

    private static final Pattern IPV4 = Pattern.compile("\\d+(\\.\\d+){3}");

    private final List<AddressRanges> addresses;
    private final boolean local;

    private AllowedPeers(List<AddressRanges> addresses, boolean local) {
        this.addresses = addresses;
        this.local = local;
    }

    /**
     * {@return the peers with these addresses; a Unix-domain socket has its own permissions and is not concerned}
     *
     * @param addresses IPv4 and IPv6 addresses and ranges, {@code 192.0.2.0/24} or {@code 192.0.2.1-192.0.2.9}
     * @throws IllegalArgumentException if there is none, or one is not well formed
     */
    public static AllowedPeers of(List<String> addresses) {
        return new AllowedPeers(List.of(AddressRanges.of(addresses)), true);
    }

    /**
     * {@return the peers that FCGI_WEB_SERVER_ADDRS allows (FastCGI 1.0, section 3.2)}
     *
     * @param list IPv4 addresses, separated by commas; with it, nothing but TCP is allowed
     * @throws IllegalArgumentException if it is anything else
     */
    public static AllowedPeers ofWebServerAddrs(String list) {
        List<String> addresses = List.of(list.split(",", -1));
        for (String address : addresses) {
            if (!IPV4.matcher(address).matches()) {
                throw new IllegalArgumentException("'" + address + "' is not an IPv4 address");
            }
        }
        return new AllowedPeers(List.of(AddressRanges.of(addresses)), false);
    }

    /** {@return the peers that both allow} */
    public AllowedPeers and(AllowedPeers other) {
        return new AllowedPeers(
                Stream.concat(addresses.stream(), other.addresses.stream()).toList(), local && other.local);
    }

    /** {@return whether a peer with this address may connect} */
    public boolean allow(SocketAddress peer) {
        if (!(peer instanceof InetSocketAddress inet)) {
            return local;
        }
        InetAddress address = inet.getAddress();
        return address == null ? addresses.isEmpty() : addresses.stream().allMatch(ranges -> ranges.contains(address));
    }

    @Override
    public String toString() {
        return addresses.isEmpty() ? "all" : addresses.toString();
    }
}
