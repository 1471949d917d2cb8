package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.INVALID_CONFIRMATION;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import io.coapgate.crypto.cose.CoseEncrypt0;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.DecryptionKey;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.key.KeyId;
import java.security.SecureRandom;
import java.util.Optional;

/** The {@code cnf} map: one member, under its label (RFC 8747 §7.2, CWT confirmation methods). */
final class ConfirmationCbor {

    private static final int COSE_KEY = 1;
    private static final int ENCRYPTED_COSE_KEY = 2;
    private static final int KID = 3;

    private static final int KEY_TYPE = 1;
    private static final int KEY_ID = 2;

    private ConfirmationCbor() {}

    static Confirmation read(CBORObject cnf) throws InvalidCwtException {
        if (cnf.getType() != CBORType.Map || cnf.size() != 1) {
            throw invalid("cnf that is not a map of one member");
        }
        Optional<CBORObject> key = StrictCbor.get(cnf, COSE_KEY);
        if (key.isPresent()) {
            return ofKey(key.get());
        }
        Optional<CBORObject> encrypted = StrictCbor.get(cnf, ENCRYPTED_COSE_KEY);
        if (encrypted.isPresent()) {
            return ofEncryptedKey(encrypted.get());
        }
        return ofKeyId(StrictCbor.get(cnf, KID).orElseThrow(() -> invalid("cnf of a kind that is not supported")));
    }

    static CBORObject write(Confirmation confirmation) {
        CBORObject map = CBORObject.NewMap();
        if (confirmation instanceof Confirmation.OfKey known) {
            map.set(CBORObject.FromObject(COSE_KEY), known.key().toCbor());
        } else if (confirmation instanceof Confirmation.OfEncryptedKey hidden) {
            map.set(CBORObject.FromObject(ENCRYPTED_COSE_KEY), hidden.message().toCbor());
        } else if (confirmation instanceof Confirmation.OfKeyId named) {
            map.set(
                    CBORObject.FromObject(KID),
                    CBORObject.FromObject(named.keyId().bytes()));
        }
        return map;
    }

    private static Confirmation ofKey(CBORObject map) throws InvalidCwtException {
        if (isNameOnly(map)) {
            return ofKeyId(map.get(CBORObject.FromObject(KEY_ID)));
        }
        try {
            CoseKey key = CoseKey.ofCbor(map);
            if (key.privateKey().isPresent()) {
                // Whoever saw the token could use the key: it proves nothing any more.
                throw invalid("cnf with a private key");
            }
            return new Confirmation.OfKey(key);
        } catch (CoseException e) {
            throw invalid("cnf: " + e.getMessage());
        }
    }

    private static Confirmation ofEncryptedKey(CBORObject array) throws InvalidCwtException {
        try {
            return new Confirmation.OfEncryptedKey(CoseEncrypt0.ofCbor(array));
        } catch (CoseException e) {
            throw invalid("cnf: " + e.getMessage());
        }
    }

    static Confirmation.OfKey decrypt(CoseEncrypt0 message, DecryptionKey with) throws InvalidCwtException {
        try {
            CoseKey key = CoseKey.decode(message.decrypt(with, CoseMessage.NO_AAD));
            if (key.secret().isEmpty()) {
                throw invalid("cnf with an encrypted key that is not symmetric");
            }
            return new Confirmation.OfKey(key);
        } catch (CoseException e) {
            throw invalid("cnf: " + e.getMessage());
        }
    }

    static Confirmation encrypt(CoseKey key, EncryptionKey with, SecureRandom random) {
        if (key.secret().isEmpty()) {
            throw new IllegalArgumentException("a public key needs no encryption, and a private one is not for others");
        }
        try {
            byte[] message = CoseEncrypt0.create(with, random, key.encode(), CoseMessage.NO_AAD);
            return new Confirmation.OfEncryptedKey(CoseEncrypt0.decode(message, StrictCbor.MAX_BYTES));
        } catch (CoseException e) {
            throw new IllegalStateException("a message that was just made is not readable", e);
        }
    }

    private static boolean isNameOnly(CBORObject map) {
        return map.getType() == CBORType.Map
                && map.size() == 2
                && CBORObject.FromObject(CoseKey.Type.SYMMETRIC.id()).equals(map.get(CBORObject.FromObject(KEY_TYPE)))
                && map.ContainsKey(CBORObject.FromObject(KEY_ID));
    }

    private static Confirmation ofKeyId(CBORObject kid) throws InvalidCwtException {
        if (kid.getType() != CBORType.ByteString || !KeyId.isValid(kid.GetByteString())) {
            throw invalid("cnf with a kid that is not 1 to 64 bytes");
        }
        return new Confirmation.OfKeyId(KeyId.of(kid.GetByteString()));
    }

    private static InvalidCwtException invalid(String message) {
        return new InvalidCwtException(INVALID_CONFIRMATION, message);
    }
}
