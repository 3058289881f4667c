package org.rewardlab.kernel.session;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.dflib.jjava.jupyter.Extension;

/** The extensions of a class path; one that is named and not there does not hide the others. */
final class Extensions {

    private static final int MOST_ERRORS = 100;

    private Extensions() {}

    static List<ServiceLoader.Provider<Extension>> found(
            ClassLoader loader, Consumer<ServiceConfigurationError> refused) {
        List<ServiceLoader.Provider<Extension>> found = new ArrayList<>();
        Iterator<ServiceLoader.Provider<Extension>> each =
                ServiceLoader.load(Extension.class, loader).stream().iterator();
        int errors = 0;
        while (errors < MOST_ERRORS) {
            try {
                if (!each.hasNext()) {
                    return found;
                }
                found.add(each.next());
            } catch (ServiceConfigurationError e) {
                refused.accept(e);
                errors++;
            }
        }
        return found;
    }
}
