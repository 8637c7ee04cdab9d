from fanal.helpline.contacts.forms.record import RecordForm

__all__ = ["RecordForm"]
