package io.coapgate.crypto.ace;

import static io.coapgate.crypto.ace.AceFormatException.Reason.INVALID_PARAMETER;
import static io.coapgate.crypto.ace.AceFormatException.Reason.MALFORMED;
import static io.coapgate.crypto.ace.AceFormatException.Reason.TOO_LARGE;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.key.SecretBytes;
import java.time.Duration;
import java.util.Optional;

/** A CBOR map with integer keys: what all messages of this package are. */
final class AceMap {

    private final CBORObject map;

    AceMap() {
        this(CBORObject.NewMap());
    }

    private AceMap(CBORObject map) {
        this.map = map;
    }

    static AceMap decode(byte[] encoded, int maxBytes) throws AceFormatException {
        try {
            return new AceMap(StrictCbor.decodeMap(encoded, maxBytes));
        } catch (CoseException e) {
            throw new AceFormatException(
                    e.reason() == CoseException.Reason.TOO_LARGE ? TOO_LARGE : MALFORMED, e.getMessage());
        }
    }

    boolean isEmpty() {
        return map.size() == 0;
    }

    Optional<CBORObject> any(int key) {
        return StrictCbor.get(map, key);
    }

    Optional<String> text(int key) throws AceFormatException {
        Optional<CBORObject> value = typed(key, CBORType.TextString);
        return value.map(CBORObject::AsString);
    }

    Optional<byte[]> bytes(int key) throws AceFormatException {
        Optional<CBORObject> value = typed(key, CBORType.ByteString);
        return value.map(CBORObject::GetByteString);
    }

    Optional<Integer> integer(int key) throws AceFormatException {
        Optional<CBORObject> value = typed(key, CBORType.Integer);
        if (value.isPresent() && !value.get().CanValueFitInInt32()) {
            throw invalid(key);
        }
        return value.map(CBORObject::AsInt32Value);
    }

    /** Whole seconds from 0 to 2³¹ − 1. */
    Optional<Duration> seconds(int key) throws AceFormatException {
        Optional<Integer> seconds = integer(key);
        if (seconds.isPresent() && seconds.get() < 0) {
            throw invalid(key);
        }
        return seconds.map(Duration::ofSeconds);
    }

    /** Of one byte at least. */
    Optional<SecretBytes> secret(int key) throws AceFormatException {
        Optional<byte[]> bytes = bytes(key);
        if (bytes.isPresent() && bytes.get().length == 0) {
            throw invalid(key);
        }
        return bytes.map(SecretBytes::copyOf);
    }

    /** Text or bytes (RFC 9200 §5.8.5). */
    Optional<AceScope> scope(int key) throws AceFormatException {
        Optional<CBORObject> value = any(key);
        boolean isBytes = value.isPresent() && value.get().getType() == CBORType.ByteString;
        return isBytes ? bytes(key).map(AceScope::of) : text(key).map(AceScope::of);
    }

    /** The value of {@code req_cnf}, {@code cnf} or {@code rs_cnf}, which RFC 8747 §3.1 defines. */
    Optional<Confirmation> confirmation(int key) throws AceFormatException {
        Optional<CBORObject> value = any(key);
        try {
            return value.isPresent() ? Optional.of(Confirmation.ofCbor(value.get())) : Optional.empty();
        } catch (InvalidCwtException e) {
            throw new AceFormatException(INVALID_PARAMETER, "parameter " + key + ": " + e.getMessage());
        }
    }

    boolean isNull(int key) {
        return any(key).filter(CBORObject::isNull).isPresent();
    }

    AceMap putNull(int key) {
        return put(key, CBORObject.Null);
    }

    AceMap put(int key, Duration duration) {
        return put(key, CBORObject.FromObject(duration.toSeconds()));
    }

    AceMap put(int key, AceScope scope) {
        return scope instanceof AceScope.OfText words
                ? put(key, words.text())
                : put(key, ((AceScope.OfBytes) scope).bytes());
    }

    AceMap put(int key, CBORObject value) {
        map.set(CBORObject.FromObject(key), value);
        return this;
    }

    AceMap put(int key, String text) {
        map.set(CBORObject.FromObject(key), CBORObject.FromObject(text));
        return this;
    }

    AceMap put(int key, byte[] bytes) {
        map.set(CBORObject.FromObject(key), CBORObject.FromObject(bytes));
        return this;
    }

    AceMap put(int key, int number) {
        map.set(CBORObject.FromObject(key), CBORObject.FromObject(number));
        return this;
    }

    byte[] encode() {
        return StrictCbor.encode(map);
    }

    private Optional<CBORObject> typed(int key, CBORType type) throws AceFormatException {
        Optional<CBORObject> value = StrictCbor.get(map, key);
        if (value.isPresent() && value.get().getType() != type) {
            throw invalid(key);
        }
        return value;
    }

    private static AceFormatException invalid(int key) {
        return new AceFormatException(INVALID_PARAMETER, "parameter " + key + " is of the wrong type");
    }
}
