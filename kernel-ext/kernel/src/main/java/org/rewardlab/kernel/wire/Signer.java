package org.rewardlab.kernel.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signs messages with the key of the connection; with an empty key nothing is signed or checked. */
final class Signer {

    private final @Nullable Mac mac;

    Signer(String scheme, String key) {
        if (key.isEmpty()) {
            mac = null;
            return;
        }
        String algorithm = scheme.toLowerCase(Locale.ROOT).replace("-", "");
        try {
            Mac made = Mac.getInstance(algorithm);
            made.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            mac = made;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("signature_scheme: expected one such as hmac-sha256, got " + scheme, e);
        }
    }

    /** The signature of the parts in hexadecimal. */
    synchronized byte[] sign(List<byte[]> parts) {
        if (mac == null) {
            return new byte[0];
        }
        parts.forEach(mac::update);
        return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether the signature is that of the parts. */
    boolean accepts(byte[] signature, List<byte[]> parts) {
        return mac == null || MessageDigest.isEqual(signature, sign(parts));
    }
}
