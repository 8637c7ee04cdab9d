from django.core.wsgi import get_wsgi_application

from fanal.config.database import set_up_django

set_up_django()
application = get_wsgi_application()
