{# The model has as many rows as another relation; a condition may narrow either side. #}
{% test row_count_equals(model, compare_to, condition='true', compare_condition='true') %}

with

counted as (
    select
        (select count(*) from {{ model }} where {{ condition }}) as found_count,
        (select count(*) from {{ compare_to }} where {{ compare_condition }}) as expected_count
)

select *
from counted
where found_count <> expected_count

{% endtest %}
