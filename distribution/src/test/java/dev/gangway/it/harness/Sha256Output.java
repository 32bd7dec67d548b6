package dev.gangway.it.harness;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Keeps of what is written the SHA-256 alone. */
public final class Sha256Output extends OutputStream {
    private final MessageDigest digest;

    public Sha256Output() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void write(int value) {
        digest.update((byte) value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    /** The digest of all that was written; writing starts anew. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
