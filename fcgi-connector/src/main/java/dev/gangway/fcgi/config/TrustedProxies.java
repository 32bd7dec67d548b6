package dev.gangway.fcgi.config;

import java.net.InetAddress;

/** The proxies in front of the web server that are believed about their clients. Immutable. */
public final class TrustedProxies {
    /** Nobody is believed. */
    public static final TrustedProxies NONE = new TrustedProxies(null);

    private final AddressRanges addresses;

    private TrustedProxies(AddressRanges addresses) {
        this.addresses = addresses;
    }

    /** {@return the proxies with these addresses} */
    public static TrustedProxies of(AddressRanges addresses) {
        return new TrustedProxies(addresses);
    }

    /** {@return whether nobody is believed} */
    public boolean isEmpty() {
        return addresses == null;
    }

    /** {@return whether one of them has this address} */
    public boolean contains(InetAddress address) {
        return addresses != null && addresses.contains(address);
    }

    @Override
    public String toString() {
        return addresses == null ? "none" : addresses.toString();
    }
}
