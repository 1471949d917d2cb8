package io.coapgate.gateway.cli;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.Decrypter;
import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.inspect.CborItem;
import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.KeyId;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;

/** A {@code cnf} in words. Of a key it shows what is public and its thumbprint; anything that it does not know, not at all. */
final class ConfirmationText {
    private static final int COSE_KEY = 1;
    private static final int ENCRYPTED_COSE_KEY = 2;
    private static final int KID = 3;
    private static final int MIN_SECRET_BYTES = 16;
    private static final String SECRET = "«secret, not shown»";

    private ConfirmationText() {}

    static String of(CborItem cnf, Optional<Confirmation> sound, Decrypter decrypter) {
        if (sound.isPresent() && sound.get() instanceof Confirmation.OfKeyId named) {
            return "kid " + keyId(named.keyId());
        }
        if (sound.isPresent() && sound.get() instanceof Confirmation.OfEncryptedKey hidden) {
            return encrypted(hidden, decrypter);
        }
        return cnf.is(CborItem.Kind.MAP)
                ? cnf.entries().stream().map(ConfirmationText::member).collect(Collectors.joining("; "))
                : "not a map";
    }

    /** The key without its private or secret part. */
    static String key(CoseKey key) {
        StringBuilder text = new StringBuilder("COSE_Key ").append(key.type());
        key.publicKey().flatMap(EcCurve::of).ifPresent(curve -> text.append(' ').append(curve.nistName()));
        key.algorithm().ifPresent(algorithm -> text.append(", ").append(algorithm.ianaName()));
        key.keyId().ifPresent(kid -> text.append(", kid ").append(keyId(kid)));
        boolean guessable = key.secret()
                .filter(secret -> secret.length() < MIN_SECRET_BYTES)
                .isPresent();
        if (!guessable) { // a thumbprint is a hash of the secret: of a short one it would tell the secret itself
            text.append(", thumbprint ").append(key.thumbprint());
        }
        boolean hasSecret = key.secret().isPresent() || key.privateKey().isPresent();
        return hasSecret ? text.append(", ").append(SECRET).toString() : text.toString();
    }

    private static String encrypted(Confirmation.OfEncryptedKey hidden, Decrypter decrypter) {
        String algorithm = hidden.message().headers().algorithm().ianaName();
        try {
            return "encrypted key (" + algorithm + "): "
                    + key(decrypter.decrypt(hidden).key());
        } catch (InvalidCwtException e) {
            return "encrypted key (" + algorithm + "), not shown";
        }
    }

    private static String member(CborItem.Entry member) {
        if (member.key().isInteger(COSE_KEY)) {
            return coseKey(member.value());
        }
        if (member.key().isInteger(ENCRYPTED_COSE_KEY)) {
            return "Encrypted_COSE_Key, " + member.value().size() + " bytes";
        }
        return member.key().isInteger(KID)
                ? "kid " + ClaimText.keyId(member.value())
                : "a member under " + member.key() + ", not shown";
    }

    private static String coseKey(CborItem key) {
        try {
            return key(CoseKey.decode(key.encoded()));
        } catch (CoseException e) {
            return "COSE_Key, unusable: " + e.getMessage();
        }
    }

    private static String keyId(KeyId kid) {
        String hex = "h'" + HexFormat.of().formatHex(kid.bytes()) + "'";
        return kid.toString().startsWith("0x") ? hex : '"' + kid.toString() + "\" " + hex;
    }
}
