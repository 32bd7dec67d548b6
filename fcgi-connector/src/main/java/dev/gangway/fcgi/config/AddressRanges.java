package dev.gangway.fcgi.config;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.InetAddressSet;

/** A set of IPv4 and IPv6 addresses. Immutable; no name server is ever asked. */
public final class AddressRanges {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String IPV4 = OCTET + "(\\." + OCTET + "){3}";
    private static final Pattern RANGE = Pattern.compile(
            "IPV4(-IPV4|/(3[0-2]|[12]?\\d))?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(/\\d{1,3})?".replace("IPV4", IPV4));

    private final InetAddressSet set = new InetAddressSet();

    private AddressRanges() {}

    /**
     * {@return these addresses}
     *
     * @param addresses single ones and ranges, {@code 192.0.2.0/24} or {@code 192.0.2.1-192.0.2.9}
     * @throws IllegalArgumentException if there is none, or one is not well formed
     */
    public static AddressRanges of(List<String> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address");
        }
        AddressRanges ranges = new AddressRanges();
        for (String address : addresses) {
            // A host name would be looked up at a name server.
            if (!RANGE.matcher(address).matches()) {
                throw new IllegalArgumentException("'" + address + "' is not an address or a range of addresses");
            }
            ranges.set.add(address);
        }
        return ranges;
    }

    /** {@return whether an address is among them} */
    public boolean contains(InetAddress address) {
        return set.test(address);
    }

    @Override
    public String toString() {
        return set.toString();
    }
}
