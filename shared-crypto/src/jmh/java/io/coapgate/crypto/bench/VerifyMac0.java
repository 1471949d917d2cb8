package io.coapgate.crypto.bench;

import COSE.MAC0Message;
import COSE.Message;
import COSE.MessageTag;
import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseMac0;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;

/** A COSE_Mac0 with HMAC 256/256 over 200 bytes. */
public class VerifyMac0 extends Operation {

    private static final CoseAlgorithm ALGORITHM = CoseAlgorithm.HMAC_256_256;

    private byte[] secret = {};
    private byte[] message = {};
    private byte[] authenticated = {};
    private byte[] tag = {};
    private Mac mac;
    private VerificationKey key;

    @Override
    void prepare() throws Exception {
        secret = bytes(32);
        SecretBytes shared = SecretBytes.copyOf(secret);
        SigningKey maker = SigningKey.of(ALGORITHM, shared).withKeyId(KeyId.ofUtf8("key-1"));
        byte[] payload = bytes(200);
        message = CoseMac0.create(maker, payload, CoseMessage.NO_AAD);
        key = VerificationKey.of(ALGORITHM, shared);
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        authenticated = Structures.authenticated("MAC0", ALGORITHM, payload);
        tag = mac.doFinal(authenticated);
    }

    @Benchmark
    public void floor() {
        require(MessageDigest.isEqual(mac.doFinal(authenticated), tag));
    }

    @Benchmark
    public byte[] coapgate() throws Exception {
        return CoseMac0.decode(message, MAX_BYTES).verify(key, CoseMessage.NO_AAD);
    }

    @Benchmark
    public byte[] coseJava() throws Exception {
        MAC0Message decoded = (MAC0Message) Message.DecodeFromBytes(message, MessageTag.MAC0);
        require(decoded.Validate(secret));
        return decoded.GetContent();
    }
}
