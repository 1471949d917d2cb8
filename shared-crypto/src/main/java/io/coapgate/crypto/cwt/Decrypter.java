package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.INVALID_CONFIRMATION;

import io.coapgate.crypto.cose.CoseEncrypt0;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseMessage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Decrypts with the keys that a recipient shares with its issuers, as they are at one instant. */
public record Decrypter(List<IssuerDecryptionKey> keys, Instant now) {

    public Decrypter {
        keys = List.copyOf(keys);
        Objects.requireNonNull(now, "now");
    }

    /** What came out, and the one issuer that can have put it in. */
    public record Decrypted(byte[] plaintext, String issuer) {}

    /** @throws InvalidCwtException {@code UNKNOWN_KEY}, {@code ALGORITHM_MISMATCH} or {@code BAD_SIGNATURE} */
    public Decrypted decrypt(CoseEncrypt0 message) throws InvalidCwtException {
        CoseException refusal = null;
        for (IssuerDecryptionKey candidate :
                KeyMatch.candidates(message.headers(), keys, IssuerDecryptionKey::key, now)) {
            try {
                return new Decrypted(message.decrypt(candidate.key(), CoseMessage.NO_AAD), candidate.issuer());
            } catch (CoseException e) {
                refusal = e;
            }
        }
        throw CoseRefusals.translate(Objects.requireNonNull(refusal));
    }

    /**
     * The key of a {@code cnf} that came encrypted.
     *
     * @throws InvalidCwtException {@code INVALID_CONFIRMATION}
     */
    public Confirmation.OfKey decrypt(Confirmation.OfEncryptedKey hidden) throws InvalidCwtException {
        InvalidCwtException refusal = new InvalidCwtException(INVALID_CONFIRMATION, "cnf that nothing here decrypts");
        for (IssuerDecryptionKey candidate : confirming(hidden.message())) {
            try {
                return hidden.decrypt(candidate.key());
            } catch (InvalidCwtException e) {
                refusal = e;
            }
        }
        throw refusal;
    }

    private List<IssuerDecryptionKey> confirming(CoseEncrypt0 message) throws InvalidCwtException {
        try {
            return KeyMatch.candidates(message.headers(), keys, IssuerDecryptionKey::key, now);
        } catch (InvalidCwtException e) {
            throw new InvalidCwtException(INVALID_CONFIRMATION, "cnf: " + e.getMessage());
        }
    }

    /** The decrypter of one issuer's keys only. */
    public Decrypter of(String issuer) {
        return new Decrypter(
                keys.stream().filter(key -> key.issuer().equals(issuer)).toList(), now);
    }
}
