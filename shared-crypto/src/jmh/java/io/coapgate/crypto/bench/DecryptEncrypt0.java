package io.coapgate.crypto.bench;

import COSE.Encrypt0Message;
import COSE.Message;
import COSE.MessageTag;
import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseEncrypt0;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.DecryptionKey;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** A COSE_Encrypt0 of 200 bytes. AES-CCM has no JCA provider but Bouncy Castle's, which cose-java needs for it too. */
public class DecryptEncrypt0 extends Operation {

    @Param({"AES_CCM_16_64_128", "A128GCM"})
    public CoseAlgorithm algorithm = CoseAlgorithm.A128GCM;

    private byte[] secret = {};
    private byte[] message = {};
    private byte[] additional = {};
    private byte[] ciphertext = {};
    private SecretKeySpec jcaKey;
    private AlgorithmParameterSpec parameters;
    private Cipher cipher;
    private DecryptionKey key;

    @Override
    void prepare() throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        secret = bytes(algorithm.keyLength());
        SecretBytes shared = SecretBytes.copyOf(secret);
        EncryptionKey maker = EncryptionKey.of(algorithm, shared).withKeyId(KeyId.ofUtf8("key-1"));
        byte[] nonce = bytes(algorithm.nonceLength());
        byte[] payload = bytes(200);
        message = CoseEncrypt0.create(maker, nonce, payload, CoseMessage.NO_AAD);
        key = DecryptionKey.of(algorithm, shared);
        additional = Structures.additional(algorithm);
        jcaKey = new SecretKeySpec(secret, "AES");
        parameters = new GCMParameterSpec(Byte.SIZE * algorithm.tagLength(), nonce);
        cipher = Cipher.getInstance(algorithm == CoseAlgorithm.A128GCM ? "AES/GCM/NoPadding" : "AES/CCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, jcaKey, parameters);
        cipher.updateAAD(additional);
        ciphertext = cipher.doFinal(payload);
    }

    @Benchmark
    public byte[] floor() throws Exception {
        cipher.init(Cipher.DECRYPT_MODE, jcaKey, parameters);
        cipher.updateAAD(additional);
        return cipher.doFinal(ciphertext);
    }

    @Benchmark
    public byte[] coapgate() throws Exception {
        return CoseEncrypt0.decode(message, MAX_BYTES).decrypt(key, CoseMessage.NO_AAD);
    }

    @Benchmark
    public byte[] coseJava() throws Exception {
        Encrypt0Message decoded = (Encrypt0Message) Message.DecodeFromBytes(message, MessageTag.Encrypt0);
        return decoded.decrypt(secret);
    }
}
