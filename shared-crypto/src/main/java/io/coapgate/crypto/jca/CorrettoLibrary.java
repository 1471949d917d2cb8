package io.coapgate.crypto.jca;

import io.coapgate.crypto.jca.CryptoProviderException.Reason;
import java.lang.reflect.InvocationTargetException;
import java.security.Provider;

/**
 * Amazon Corretto Crypto Provider, found by name: it ships for some platforms only, and need not be there. It unpacks its
 * native library into the directory of {@code java.io.tmpdir}, from which the system must be willing to run code.
 */
final class CorrettoLibrary {
    private static final String PROVIDER_CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private CorrettoLibrary() {}

    /** The whole provider, loaded and self-tested, installed nowhere. */
    static Provider load() throws CryptoProviderException {
        return load(PROVIDER_CLASS);
    }

    static Provider load(String className) throws CryptoProviderException {
        try {
            Class<?> type = Class.forName(className);
            Provider provider = (Provider) type.getField("INSTANCE").get(null);
            if (type.getMethod("getLoadingError").invoke(provider) instanceof Throwable error) {
                throw unloadable(error);
            }
            Object status = type.getMethod("runSelfTests").invoke(provider);
            if (!"PASSED".equals(String.valueOf(status))) {
                throw new CryptoProviderException(
                        Reason.NATIVE_SELF_TEST_FAILED, "the native provider's self-test: " + status, null);
            }
            return provider;
        } catch (ClassNotFoundException e) {
            throw new CryptoProviderException(
                    Reason.NATIVE_ABSENT, "the native provider is not on the class path", null);
        } catch (InvocationTargetException e) {
            throw unloadable(e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw unloadable(e);
        }
    }

    private static CryptoProviderException unloadable(Throwable cause) {
        return new CryptoProviderException(
                Reason.NATIVE_UNLOADABLE, "the native provider's library cannot be loaded: " + cause, cause);
    }
}
