package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_HEADER;
import static io.coapgate.crypto.cose.CoseException.Reason.UNSUPPORTED_ALGORITHM;
import static io.coapgate.crypto.cose.CoseException.Reason.UNSUPPORTED_CRITICAL_HEADER;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import io.coapgate.crypto.key.KeyId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the two header buckets of a message by the rules of RFC 9052 §3 and §3.1. */
final class HeaderReader {

    static final long ALG = 1;
    static final long CRIT = 2;
    static final long CONTENT_TYPE = 3;
    static final long KID = 4;
    static final long IV = 5;
    static final long PARTIAL_IV = 6;

    private static final CBORObject EMPTY = CBORObject.NewMap();

    /** What may be marked critical: the parameters whose meaning is honoured here, or is the application's (3). */
    private static final Set<CBORObject> UNDERSTOOD = Set.of(label(ALG), label(CRIT), label(CONTENT_TYPE), label(KID));

    /** What may be marked critical where something is encrypted. */
    private static final Set<CBORObject> IVS = Set.of(label(IV), label(PARTIAL_IV));

    private final CBORObject protectedMap;
    private final CBORObject unprotectedMap;

    private HeaderReader(CBORObject protectedMap, CBORObject unprotectedMap) {
        this.protectedMap = protectedMap;
        this.unprotectedMap = unprotectedMap;
    }

    static CoseHeaders read(byte[] protectedBytes, CBORObject unprotectedMap) throws CoseException {
        // A zero-length string is the empty map (RFC 9052 §3).
        CBORObject protectedMap =
                protectedBytes.length == 0 ? EMPTY : StrictCbor.decodeMap(protectedBytes, protectedBytes.length);
        HeaderReader reader = new HeaderReader(protectedMap, unprotectedMap);
        reader.requireLabels();
        reader.requireTypes();
        CoseAlgorithm algorithm = reader.algorithm();
        reader.requireCriticalUnderstood(algorithm);
        return new CoseHeaders(algorithm, reader.keyId(), reader.iv(algorithm), reader.partialIv(algorithm));
    }

    private void requireLabels() throws CoseException {
        for (CBORObject key : protectedMap.getKeys()) {
            requireLabel(key);
            if (unprotectedMap.ContainsKey(key)) {
                throw invalid("a header parameter in both buckets");
            }
        }
        for (CBORObject key : unprotectedMap.getKeys()) {
            requireLabel(key);
        }
        if (unprotectedMap.ContainsKey(label(ALG)) || unprotectedMap.ContainsKey(label(CRIT))) {
            throw invalid("alg or crit where it is not protected");
        }
    }

    private void requireCriticalUnderstood(CoseAlgorithm algorithm) throws CoseException {
        boolean encrypted = algorithm.kind() == CoseAlgorithm.Kind.ENCRYPTION;
        CBORObject crit = protectedMap.get(label(CRIT));
        if (crit == null) {
            return;
        }
        if (crit.getType() != CBORType.Array || crit.size() == 0) {
            throw new CoseException(UNSUPPORTED_CRITICAL_HEADER, "crit that is not a list of labels");
        }
        for (CBORObject critical : crit.getValues()) {
            boolean understood = UNDERSTOOD.contains(critical) || (encrypted && IVS.contains(critical));
            if (!understood || !protectedMap.ContainsKey(critical)) {
                throw new CoseException(
                        UNSUPPORTED_CRITICAL_HEADER, "a critical header parameter that is absent or not understood");
            }
        }
    }

    /** Types of parameters that are not acted on here are checked too, so that nobody downstream trips over them. */
    private void requireTypes() throws CoseException {
        Optional<CBORObject> contentType = either(CONTENT_TYPE);
        if (contentType.isPresent()
                && contentType.get().getType() != CBORType.TextString
                && !isUnsigned(contentType.get())) {
            throw invalid("a content type that is neither text nor a number");
        }
        Optional<CBORObject> iv = either(IV);
        Optional<CBORObject> partialIv = either(PARTIAL_IV);
        if (iv.isPresent() && partialIv.isPresent()) {
            throw invalid("IV and Partial IV together");
        }
        if (!isAbsentOrBytes(iv) || !isAbsentOrBytes(partialIv)) {
            throw invalid("an IV that is not a byte string");
        }
    }

    private CoseAlgorithm algorithm() throws CoseException {
        CBORObject alg = protectedMap.get(label(ALG));
        if (alg == null) {
            throw new CoseException(UNSUPPORTED_ALGORITHM, "no protected algorithm");
        }
        return algorithm(alg);
    }

    static CoseAlgorithm algorithm(CBORObject alg) throws CoseException {
        if (alg.getType() == CBORType.Integer && alg.CanValueFitInInt64()) {
            Optional<CoseAlgorithm> known = CoseAlgorithm.ofId(alg.AsInt64Value());
            if (known.isPresent()) {
                return known.get();
            }
        }
        throw new CoseException(UNSUPPORTED_ALGORITHM, "an algorithm that is not supported");
    }

    private @Nullable KeyId keyId() throws CoseException {
        Optional<CBORObject> kid = either(KID);
        return kid.isPresent() ? keyId(kid.get(), INVALID_HEADER) : null;
    }

    static KeyId keyId(CBORObject kid, CoseException.Reason ifInvalid) throws CoseException {
        if (kid.getType() != CBORType.ByteString || !KeyId.isValid(kid.GetByteString())) {
            throw new CoseException(ifInvalid, "a key identifier that is not 1 to 64 bytes");
        }
        return KeyId.of(kid.GetByteString());
    }

    /** The IV, of exactly the nonce's length; encrypted messages have it or a Partial IV, others are not asked. */
    private byte @Nullable [] iv(CoseAlgorithm algorithm) throws CoseException {
        Optional<CBORObject> iv = either(IV);
        if (iv.isEmpty() || algorithm.nonceLength() == 0) {
            return null;
        }
        byte[] bytes = iv.get().GetByteString();
        if (bytes.length != algorithm.nonceLength()) {
            throw invalid("an IV of another length than the algorithm's");
        }
        return bytes;
    }

    private byte @Nullable [] partialIv(CoseAlgorithm algorithm) throws CoseException {
        Optional<CBORObject> partialIv = either(PARTIAL_IV);
        if (algorithm.nonceLength() == 0) {
            return null;
        }
        if (partialIv.isEmpty()) {
            if (either(IV).isEmpty()) {
                throw invalid("an encrypted message without an IV");
            }
            return null;
        }
        byte[] bytes = partialIv.get().GetByteString();
        if (bytes.length > algorithm.nonceLength()) {
            throw invalid("a Partial IV that is longer than the algorithm's IV");
        }
        return bytes;
    }

    private Optional<CBORObject> either(long label) {
        return StrictCbor.get(protectedMap, label).or(() -> StrictCbor.get(unprotectedMap, label));
    }

    private static void requireLabel(CBORObject key) throws CoseException {
        if (key.getType() != CBORType.Integer && key.getType() != CBORType.TextString) {
            throw invalid("a header label that is neither integer nor text");
        }
    }

    private static boolean isUnsigned(CBORObject value) {
        return value.getType() == CBORType.Integer && value.CanValueFitInInt64() && value.AsInt64Value() >= 0;
    }

    private static boolean isAbsentOrBytes(Optional<CBORObject> value) {
        return value.isEmpty() || value.get().getType() == CBORType.ByteString;
    }

    private static CBORObject label(long label) {
        return CBORObject.FromObject(label);
    }

    private static CoseException invalid(String message) {
        return new CoseException(INVALID_HEADER, message);
    }
}
